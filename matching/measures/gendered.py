"""French words that have a masculine and a feminine, for making twins of a text; nothing ranks by them.

They are written apart from the forms that the analysis knows, so that one can find the other wrong.
Nouns that only look alike (« le moteur », « la matière ») and words that the law forbids to weigh are
left out.
"""

from __future__ import annotations

# Masculine singulars whose feminine follows from their ending.
_PERSONS = """
adjoint adhérent adolescent agent aidant alternant ami apprenant apprenti armurier artisan assistant
aventurier avocat bachelier banquier berger boulanger boursier candidat caissier champion charcutier
client commandant commerçant concurrent conseiller consultant cordonnier correspondant couturier
cuisinier débutant déclarant dirigeant doctorant douanier écolier écrivain écuyer encadrant enseignant
épicier étranger étudiant expert exploitant fabricant fermier financier forestier garant gérant greffier
habitant héritier horloger hôtelier huissier infirmier intermittent intervenant jardinier journalier
lauréat lieutenant magistrat maraîcher marchand menuisier messager meunier militant négociant officier
ouvrier participant particulier partisan passager pâtissier patient patron piéton pionnier policier
pompier postier postulant premier président prisonnier référent remplaçant représentant requérant
résident riverain romancier saisonnier saunier soignant soldat suppléant surveillant survivant
trésorier usager vigneron voisin
"""
PERSONS = _PERSONS.split()

_QUALITIES = """
aberrant absent absolu abstrait accompagnant accompli accru acquis adjacent admis affaibli africain
agrandi allemand amer américain amusant anglais apparent apparu appris arrivant assidu assis atteint
attenant attendu averti bas battu bienveillant blond bocager bon bordelais bourgeois bovin breton
brillant brun catalan certain charmant chaud cher chinois choisi civil clair clandestin cohérent commis
commun compétent complet compris concis concomitant conçu concret conduit confiant confus connu conquis
conscient conséquent constant construit contemporain content continu contraint convaincu convenu
convergent converti courant court courtois couvert croissant culturel danois débattu déconcertant
découvert décrit dédommagé déçu déficient défini délibérant délicat démuni dépendant dépourvu dernier
descendu désuet déterminant détenu détruit devenu différenciant différent diffus diligent discret
discriminant disparu distant divers divergent divin dur efficient élargi élégant élu émergent éminent
émis ému encourageant endurci engageant enclin enrichi enrichissant entendu entier épais érudit
espagnol établi étendu étroit évident excellent exclu exigeant existant exquis familier fascinant
féminin fier fini finlandais fluctuant foncier fondu fort fourni français fréquent froid frontalier
frustrant futur gourmand gouvernant grand grandissant gras gratuit grenoblois gris gros grossier
haut hongrois hospitalier humain immédiat immobilier impactant impatient important imprévu imprudent
incertain inclus incohérent incompétent incomplet inconnu inconscient indécis indéfini indépendant
indifférent inédit inexistant infini inquiet innovant inscrit insatisfaisant inspirant instruit
insuffisant intelligent interculturel interdépendant interdit intéressant intervenu introduit investi
irlandais irrégulier irréel irritant issu italianisant japonais joint joli laitier latent léger lent
libanais lillois lointain lourd lyonnais maintenu manquant marin marquant marrant marseillais
mauvais méconnu métropolitain mineur minier mis montant motivant mûr multiculturel muet muni naturel
nantais net niais nourricier obtenu omis omniprésent opportun ouvert palpitant parfait passionnant
payant perçu percutant perdu performant périurbain permanent persévérant pertinent petit pétillant
pétrolier plein plénier poli polonais polyvalent porcin portugais précédent précis prégnant prenant
prescrit présent prévu pris prochain produit profond promis promu proscrit prudent puissant pur ravi
récent reconduit reconnu reconverti reçu recueilli récurrent redondant réduit réel régulier relu remis
rempli rendu rennais répandu reparti réparti répondant repris reproduit républicain requis résolu
restreint retenu réuni réussi révolu romain rond roulant routier sain satisfaisant satisfait secret
séculier serein servi seul singulier sorti sortant soumis sourd souscrit soutenu souterrain souverain
stressant structurant structurel subtil suédois suffisant surpris temporel tendu tenu toulousain
traduit transcrit transmis transparent universel urbain urgent vacant vaillant vaincu vécu vendu venu
vert vivant voulu vrai
"""
QUALITIES = _QUALITIES.split()

# Pairs that no ending tells, or that another rule would get wrong.
_PERSON_PAIRS = """
ambassadeur/ambassadrice chef/cheffe coach/coache compagnon/compagne copain/copine designer/designeuse
hacker/hackeuse hôte/hôtesse inventeur/inventrice leader/leadeuse maker/makeuse manager/manageuse
paysan/paysanne poète/poétesse préfet/préfète recruteur/recruteuse visiteur/visiteuse
exploiteur/exploiteuse profiteur/profiteuse assesseur/assesseure défenseur/défenseure docteur/docteure
gouverneur/gouverneure ingénieur/ingénieure ingenieur/ingenieure possesseur/possesseure
prédécesseur/prédécesseure procureur/procureure professeur/professeure successeur/successeure
"""
PERSON_PAIRS = _PERSON_PAIRS.split()

_QUALITY_PAIRS = """
antérieur/antérieure extérieur/extérieure inférieur/inférieure intérieur/intérieure majeur/majeure
meilleur/meilleure postérieur/postérieure supérieur/supérieure ultérieur/ultérieure mineur/mineure
ambigu/ambiguë beau/belle nouveau/nouvelle jumeau/jumelle fou/folle doux/douce faux/fausse roux/rousse
public/publique grec/grecque turc/turque laïc/laïque franc/franche long/longue sec/sèche bref/brève
vif/vive neuf/neuve favori/favorite malin/maligne bénin/bénigne gentil/gentille nul/nulle frais/fraîche
"""
QUALITY_PAIRS = _QUALITY_PAIRS.split()

# Adjectives in « -eux »: every other word in « -euse » is the feminine of one in « -eur ».
_IN_EUX = """
affectueux ambitieux amoureux aphteux astucieux audacieux avantageux cancéreux capricieux chaleureux
consciencieux contentieux courageux couteux coûteux creux curieux dangereux défectueux délicieux désastreux
désireux douteux ennuyeux envieux fameux fastidieux fructueux furieux généreux glorieux gracieux
harmonieux heureux honteux infectieux infructueux ingénieux joyeux judicieux laborieux légumineux
litigieux lumineux luxueux malheureux malicieux matheux médicamenteux merveilleux minutieux
monstrueux mystérieux nerveux nombreux odieux officieux onéreux paresseux peureux pluvieux précieux
précontentieux prestigieux prodigieux radieux religieux respectueux rigoureux savoureux scrupuleux
sérieux silencieux sinueux soigneux somptueux soucieux spacieux studieux tendancieux tortueux valeureux
vertueux vicieux vigoureux volumineux
"""
IN_EUX = _IN_EUX.split()

# What ends like a gendered word and has no twin: things, abstractions, verbs, English.
_NO_TWIN = """
accélérateur agrégateur adaptateur ailleurs ampleur ascenseur bonheur calculateur candeur capteur
chaleur classeur cœur coeur comparateur compteur connecteur conteneur convertisseur couleur curseur
détecteur douleur émulateur épaisseur équateur erreur facteur faveur fleur fraîcheur fureur générateur
grandeur hauteur honneur horreur humeur incubateur indicateur inducteur largeur lenteur leur liqueur
longueur lourdeur lueur malheur moteur navigateur odeur ordinateur parapheur peur plusieur processeur
profondeur projecteur pudeur radiateur réacteur rigueur routeur rumeur sapeur saveur secteur seigneur
serveur simulateur sœur soeur splendeur stupeur sueur tableur teneur terrieur terreur torpeur tracteur
transpondeur valeur vainqueur vapeur vecteur vigueur viseur pasteur mœur moeur ampleur beur
amien bien chien combien damien entretien etien étien lien maintien mien rien sébastien sien soutien tien
vien devien revien intervien convien parvien contien obtien
canif capqualif carif dispositif effectif esquif massif motif objectif tarif if sauf
archif arrif convif dérif directif driv fif initiatif perspectif prérogatif prospectif tentatif rif
récidif liv surviv cultif lessif olif gencif missif salif endif locomotif privi creatif responsif suif
adaptif
appel ciel colonel courriel duel excel fiel funnel iel kernel label logiciel manuel miel panel channel
progiciel référentiel ruel scalpel tonnel truel tunnel tutoriel mutuel quel écuel ficel
auquel auxquel duquel desquel lequel lesquel laquel
aval bal caporal canal capital carbolocal carnaval chacal cheval cristal deal dgal dihal dreal drupal
external festival functional genial goal hôpital igraal imperial journal legal mal mémorial métal
mistral montréal multicanal népal natural portal proposal récital serial signal travail tribunal val
visual yaal escal scal sal cathédral rafal cabal cigal pétal scandal dédal femal whal thal succursal
sandal céréal étal aval matérial bail hal vertical approval appraisal real geospatial
café côté marché procédé énoncé degré pré blé clé canapé abrégé été congé intitulé résumé pavé thé
bébé ré ingé andré condé malgré aglaé odicé dé
assemblé anné journé idé donné armé duré métadonné lycé musé trophé apogé pyréné denré cassiopé coré
rentré entré tourné soiré matiné allé vallé poigné veillé percé randonné chaussé pensé fusé dicté
astré mosqué épé puré monté porté arrivé visé travers retombé corré fé gé
"""
NO_TWIN = frozenset(_NO_TWIN.split())

# Participles in « -ité » and « -té » among the nouns of quality.
_IN_TE = """
abrité accrédité agité alité crédité débité délimité édité excité exploité habité hérité incité
inexploité inhabité invité irrité limité mérité plébiscité profité récité réédité ressuscité sollicité
souhaité sursollicité traité visité évité cohabité
"""
IN_TE = frozenset(_IN_TE.split())
_NOUNS_IN_TE = """
santé société clarté fierté liberté volonté citoyenneté communauté comté côté difficulté labsanté
loyauté majesté naïveté notoriété nouveauté piété propriété puberté pureté satiété sobriété souveraineté
sûreté sureté variété vétusté anxiété ébriété faculté gaieté gratuité royauté beauté cruauté amitié
moitié pitié bonté charté cité facilité habilité unité été privauté pauvreté honnêteté dureté légèreté
netteté rareté fermeté lâcheté propreté sainteté subtilité tendreté
"""
NOUNS_IN_TE = frozenset(_NOUNS_IN_TE.split())
