"""The words that the analysis reads and then leaves aside, folded: no accents, no capitals."""

from __future__ import annotations

# Articles, pronouns, prepositions, conjunctions, the forms of « être », « avoir », « faire »,
# « pouvoir », « devoir » and « aller », and adverbs of all work.
_FRENCH = """
a afin ai aie aient ainsi ait alors apres as assez au aucun aucune aucunes aucuns aujourd auquel
aura aurait auront aussi autant autour autre autres aux auxquelles auxquels avaient avais avait
avant avec avez avions avoir avons ayant bien car ce ceci cela celle celles celleux celui cependant
certain certaine certaines certains ces cet cette ceux chacun chacune chaque chez ci comme comment
concernant contre d dans de dedans dehors deja depuis derriere des desormais desquelles desquels
dessous dessus deux devant devrait devra devront doit doivent donc dont du due dues duquel dus
durant elle elles elleux en encore enfin ensuite entre entree entrees entres envers environ es est
et etaient etais etait etant ete etes etre eu eue eues eus eux fait faire faite faites faits faisant
fois font fut grace hors hui ici il ils iel iels je jusqu jusque l la lae laquelle le lequel les
lesquelles lesquels leur leurs loin lors lorsqu lorsque lui m ma mais malgre me meme memes mes mien
mienne miennes miens mieux moi moins mon n ne ni non nos notamment notre nous on ont or ou ouais oui
par parce parfois parmi pas pendant peu peut peuvent plus plusieurs plutot pour pourquoi pourra
pourraient pourrait pourront pouvant pouvoir pres presque puis puisqu puisque qu quand quant que
quel quelle quelles quelqu quelque quelques quels qui quoi quoiqu quoique s sa sans sauf se second
seconde secondee secondees secondes seconds selon sera serai seraient serait seront ses si sien
sienne siennes siens soi soient sois soit sommes son sont souvent sous suis suivant suivante
suivantes suivants sur sure sures surs surtout t ta tandis tant te tel telle telles tels tes tien
tienne tiennes tiens toi ton toujours tous tout toute toutefois toutes tou toustes travers tres trop
tu un une unes uns va vais vers via voici voila vont vos votre vous vu vue vues vus y c j
auxquel desquel lesquel
"""

# The same, short enough to leave every French content word alone.
_ENGLISH = """
about above after again all also am an and any are as at be because been before being below between
both but by can could did do does doing down during each few for from further had has have having he
her here hers herself him himself his how i if in into is it its itself just more most my no nor not
of off once only other our ours out over own same she should so some such than that the their theirs
them then there these they this those through to too under until up very was we were what when where
which while who whom why will with within would you your yours
"""

# Quantities say when and how much, never what somebody can do.
_NUMERALS = """
trois quatre cinq sept huit dix onze douze treize quatorze quinze seize vingt trente quarante
cinquante soixante cent cents mille million millions milliard milliards premier premiere premiers
premieres deuxieme troisieme dizaine dizaines centaine centaines millier milliers
one two three four five six seven eight nine ten first second
"""

STOP_WORDS = frozenset((_FRENCH + _ENGLISH + _NUMERALS).split())

_SEX_AND_TITLE = """
homme femme masculin feminin monsieur madame mademoiselle messieurs mesdames mesdemoiselles dame mr mrs
miss mme mlle melle garcon fille boy girl man men woman women male female gentleman gentlemen lady ladies
"""

_AGE = """
age ages an ans annee jeune jeunesse junior vieux vieil vieille senior aine cadet retraite old young
year born ne nes nee
"""

_FAMILY = """
marie mari celibataire divorce veuf veuve pacse epoux epouse conjoint fiance mere pere maman papa
frere soeur oncle tante neveu niece parent enfant fils enceinte grossesse maternite paternite
married single mother father brother sister pregnant
"""

# What people believe, whom they love, where they come from, how their body is.
_BELIEF_ORIGIN_BODY = """
catholique chretien protestant musulman juif bouddhiste athee croyant pratiquant christian catholic
muslim jewish heterosexuel homosexuel gay lesbienne bisexuel trans transgenre cgt cfdt cftc
syndique origine africain algerien asiatique camerounais congolais ivoirien maghrebin malien
marocain senegalais tunisien noir blanc metis rqth handicape disabled
"""

TRAITS = frozenset((_SEX_AND_TITLE + _AGE + _FAMILY + _BELIEF_ORIGIN_BODY).split())
"""Words that state a trait the law forbids to weigh, in one form each: they earn nothing and are
never shown as a reason, in a profile as in a posting (code général de la fonction publique,
L. 131-1 and following; code du travail, L. 1132-1). Words that also name a public policy
(« handicap », « santé ») or a language that one may speak (« arabe ») stay."""

_ORDINARY = """
communication croissance documentation ethique experimentation fiabilite formation go homologation
mobile rag reseau reseaux sensibilisation soc supervision support tal urbanisation vision
vulnerabilite vulnerabilites
"""

ORDINARY_WORDS = frozenset(_ORDINARY.split())
"""Skills' names that are ordinary words too: alone in a text, they name the skill only when they
are capitalised inside a sentence."""
