"""Words that people choose first, written here for French, which the lists that zxcvbn ships know little of.

Without accents nor capitals, as passwords are compared.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: They join others and add next to nothing.
GLUE = _words(
    """
    ai as au aux avec ca ce ces cest cet cette chez comme dans de des du elle en es est et etre eux fait
    il ils jai je jesuis la le les leur lui ma mais me mes moi mon ne nest nos notre nous on ont ou par
    pas plus pour qu que qui sa sans se ses si son sont sous suis sur ta te tes toi ton tous tout toute tres
    trop tu un une va vais vers vos votre vous
    am an and are at be by do for from has have he her his im in is it its me my not of or our she so that
    the them this to us we with you your
    """
)

#: What the service is about, and what whoever holds an account has before their eyes.
OF_THE_SERVICE = _words(
    """
    acces admin administrateur administration agence agent application bienvenue candidat candidature carriere
    compte connexion courriel demo digital direction email emploi equipe etat fonctionnaire france francais
    francaise gouv gouvernement identifiant informatique intranet internet interne mail marianne ministere
    ministre mission motdepasse mot passe mdp numerique numeriques ordinateur passw0rd password paris poste
    premier profil projet provisoire public publique republique reseau secret securite service site talent
    talents temporaire test travail utilisateur vivier welcome access account login user
    azerty azertyuiop qsdfghjklm wxcvbn qwerty qwertyuiop asdfghjkl zxcvbnm uiop
    egalite fraternite liberte
    """
)

#: Days, months, seasons and feasts: what is changed when a password has to be.
CALENDAR = _words(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin juillet aout
    septembre octobre novembre decembre printemps ete automne hiver noel paques toussaint annee mois semaine
    jour jours nouvelan bonneannee
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december spring summer autumn winter christmas easter
    """
)

#: What else is chosen first: greetings, love, animals, family, play, places, colours, numbers, praise.
COMMON = _words(
    """
    bonjour bonsoir bonnenuit salut coucou merci bravo bisou bisous calin adieu aurevoir
    amour amoureux amoureuse aime aimer adore adorer jetaime jtaime cherie cheri coeur mamour bebe doudou
    chouchou loulou loulotte titi toto tata tonton nounou papa maman mamie mamy papy papi frere soeur enfant
    enfants famille fille filles fils garcon mari femme homme ami amie amis amies copain copine princesse prince
    reine roi ange anges demon diable dieu jesus marie bijou tresor perle etoile etoiles
    chat chats chaton chien chiens chienne cheval chevaux lapin oiseau poisson tigre lion loup ours souris
    dauphin papillon licorne dragon canard cochon vache mouton aigle panda koala tortue grenouille coccinelle
    maison jardin fleur fleurs rose roses marguerite tulipe arbre foret mer plage soleil lune ciel neige pluie
    vent orage montagne riviere terre monde feu eau ile iles vacances voyage
    rouge bleu bleue vert verte jaune noir noire blanc blanche violet orange gris grise
    zero deux trois quatre cinq six sept huit neuf dix onze douze treize vingt cent mille million
    football foot rugby tennis basket handball velo voiture moto ferrari porsche peugeot renault ballon
    psg marseille lyon bordeaux toulouse nantes lille nice rennes bretagne corse alsace portugal espagne italie
    algerie maroc tunisie martinique guadeloupe reunion europe allemagne angleterre belgique suisse canada
    champion championne victoire gagnant gagner heros superman batman pokemon naruto zelda mario sonic starwars
    musique guitare piano chanson danse cinema film livre
    chocolat caramel vanille bonbon bonbons gateau cafe biere vin pizza fromage fraise cerise pomme banane
    citron peche abricot kiwi sucre
    beau belle beaute bon bonne bonheur meilleur meilleure meilleurs meilleures fort forte grand grande petit
    petite jolie joli gentil gentille super genial geniale magique magnifique parfait parfaite heureux heureuse
    content contente libre joie vie espoir paix reve reves chance courage force passion folie fou folle
    toujours jamais encore demain aujourdhui maintenant ensemble
    soleils portable telephone ecole lycee college classe prof professeur bureau chef patron patronne
    merde putain connard salope chiant
    """
)
