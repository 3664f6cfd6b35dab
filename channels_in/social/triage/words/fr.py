"""French, without accents; an apostrophe parts words (“j'attends” is “j attends”)."""

from channels_in.social.triage.lexicon import Lexicon

LEXICON = Lexicon(
    language="fr",
    asks="""
        (comment|quand|combien|pourquoi) (puis|je|on|faire|ca|est|faut|peut|de temps|puis je|changer|passe|annuler|modifier|obtenir|coute)
        (ou|d ou) (est|sont|puis|trouver|se trouve|en est|je trouve)
        (est|qu est) ce (que|qu)
        (quel|quelle|quels|quelles) (est|sont|taille|modele|adresse|delai|heure|version|couleur)
        (pouvez|pourriez|pourrait|avez|livrez|faites|acceptez|vendez|reprenez|etes) vous
        (peut|puis) (on|je)
        (quelqu un|qqn) (sait|peut|connait|a)
        y a t il
        ca (vient|marche) (d|aussi|comment)
        aide
    """,
    wishes="""
        (je|j) (voudrais|souhaite|souhaiterais|aimerais|veux|cherche|ai besoin|essaie|essaye) (de )?(changer|modifier|retourner|savoir|annuler|resilier|echanger|trouver|commander|parler|acheter|la|le|un|une|d)
        je ne trouve pas
        c est fait mais
        (je l ai|c est) deja fait
        merci de (corriger|verifier|m envoyer|me|m)
    """,
    business="""
        (commande|facture|compte|passe|abonnement|livraison|adresse|code|bon|contrat|carte|rendez vous|retour|garantie|colis|remboursement|paiement|payer|technicien)\\w{0,3}
        (application|appli|telephone|batterie|bouton|taille|resilier)\\w{0,2}
        code promo
    """,
    trouble="""
        (ne|n) (me |se |s |y |en )*(marche|fonctionne|charge|ouvre|arrive|accepte|reconnait|connecte|repond|passe|lance|affiche|demarre|veut|arrive pas)( \\w+)? (pas|plus)
        (ne|n) \\w+ (pas|plus) … (connecter|payer|ouvrir|acceder|entrer|telecharger|utiliser|commander|imprimer)
        (marche|fonctionne|charge) (pas|plus)
        (impossible|incapable) de
        (bloque|bloquee|expire|expiree|refuse|refusee|plante|plantee|disparu|fige)
        (toujours|encore) (la |le |en |l )?(meme|panne|erreur|ancienne)
        (une|l|la|meme) erreur
        en panne
        depuis la mise a jour
        (invalide|incorrect\\w*)
    """,
    wrong="""
        (mauvaise?|fausse?) (taille|couleur|adresse|article|produit|facture|commande|piece)
        (facture|commande|livraison) … (fausse|erronee|incomplete|incorrecte)
        (deuxieme|troisieme|quatrieme|cinquieme|3eme|2eme|4eme)( fois)?
        (j|nous|on|que j) (attends|attendons|attend)
        (attends|attend|attendre) (toujours|encore|depuis|mon|ma)
        (semaines|jours|mois|heures) (que|d attente|sans|de retard|plus tard)
        (arrive|arrivee|arrives|recu|recue|livre|livree)s? (\\w+ )?(casse|cassee|froid|froide|abime|abimee|en retard|vide|ouvert|mouille|endommage|defectueux|sale)\\w{0,2}
        (casse|cassee|casses|abime|abimee|dechire|dechiree|defectueu\\w+|raye|rayee|endommage\\w*|fuit|lache|laches)
        (manque|manquait|manquent|manquant\\w*)
        (jamais|pas|rien) (arrive|recu|venu|livre|recue|venue|livree|passe|eu)\\w?
        rien (chez moi|recu|n arrive)
        personne … (repond|aide|rappelle|decroche|vient)
        (aucune|sans|pas de) (reponse|nouvelle|nouvelles|solution|explication|remboursement)
        (refuse|refusent|refusez) (de|d|le|la)
        (debite\\w?|facture\\w?|preleve\\w?|paye\\w?) … (deux fois|double|en double)
        (rendez|rembours\\w+) (moi|mon argent)
        promis
        raccroche
        (en )?retard
        (perdu|vole) … (colis|paquet)
        (ne|n) (m )?(aide|arrange|resout|sert) (pas|rien|a rien)
        que des (problemes|ennuis|soucis)
        n est pas (venu|passe|arrive)
        encore (la mauvaise|une fausse|un retard|une erreur|rate)
    """,
    anger="""
        (honte|honteu\\w+|lamentable|nul|nulle|nuls|horrible|catastroph\\w+|inadmissible|inacceptable|scandaleu\\w+|ridicule|pitoyable|minable|deplorable|execrable|arnaque\\w*|escro\\w+|foutage|desastre|desastreu\\w+)
        (mauvais|mauvaise|pire|pietre) (service|qualite|experience|entreprise|sav)
        (decu|decue|decus|deception|decevant\\w*|enerve\\w*|furieu\\w+|en colere|degoute\\w*|mecontent\\w*)
        (plus jamais|jamais plus)
        (ne )?(recommande|conseille) pas
        (a fuir|fuyez|evitez)
        (vous )?(vous )?moquez
        (ras le bol|marre|ca suffit)
        merci pour rien
        (avocat|ufc|que choisir|signalement|dgccrf)
        a quoi (ca|vous) ser\\w+
    """,
    irony="""
        merci pour rien
        du grand art
        (bravo|super|genial|felicitations|formidable|chapeau|merci) … (rien|pas|encore|casse|jamais|n est pas|personne)
        (c est )?malin
        (quelle|belle) (blague|efficacite)
    """,
    urgent="""
        urgen\\w+
        immediatement|tout de suite|au plus vite|sans attendre|sur le champ
        (rappelez|appelez|aidez|repondez|contactez) moi( vite)?
        en ce moment( meme)?
        (mariage|vol|train|voyage) … (demain|ce soir|heures)
    """,
    danger="""
        (pirate|piratee|hacke|hackee|usurpe\\w*)
        (pris|prend) feu|incendi\\w+|fumee|brule\\w*|explose\\w*|etincelles|decharge electrique|surchauffe\\w*|fondu
        allergi\\w+|blesse\\w*|hopital|intoxi\\w+
        (commande|achete|paye) avec ma carte
        donnees d (autres|un autre)|fuite de donnees
        fraud\\w+
    """,
    down="""
        (site|appli|application|serveur|serveurs|systeme|service|internet|reseau|ligne|caisse|caisses) … (en panne|down|tombe|tombes|hs|indisponible|plante|plantes)
        (panne|panne generale|indisponible|coupure)
        rien (ne )?(charge|marche|fonctionne|passe)
        sans (internet|reseau|service|telephone|connexion|electricite)
        (personne|aucun\\w*) … (entrer|encaisser|payer|connecter|acceder|travailler)
        (une )?erreur 50\\d
    """,
    many="""
        (quelqu un|d autres|qqn) (d autre|aussi|ont|personnes)
        (pour|chez) (personne|tout le monde|tous)
        personne (n |ne )?(arrive|peut)
        (toute|toutes|tout|tous) (la|les|le|nos) \\w+
        (aucun|aucune|plus aucun) (magasin|client|utilisateur|d entre nous)
        (suis je|je suis) (le|la|les) seul\\w*
        que chez moi
    """,
    thanks="""
        (merci|remercie)( beaucoup| infiniment| mille fois| a| pour)?
        (bravo|chapeau|felicitations)
    """,
    praise="""
        (genial\\w*|geniaux|excellent\\w*|formidable\\w*|fantastique|magnifique|parfait\\w*|superbe|super|incroyable|joli\\w*|belle|content\\w*|heureu\\w+|ravi\\w*|satisfait\\w*|impeccable|nickel|top|sublime|agreable)
        (tres|super|si|trop|bien) (bien|bon|bonne|beau|belle|gentil\\w*|rapide\\w*|content\\w*|facile|simple|sympa\\w*|efficace|pratique)
        (j|on) (adore|aime|adorons)
        (je )?recommande( vivement)?
        au top
        (le|la|les) meilleur\\w* \\w+
        vous etes (les meilleurs|au top|geniaux|geniales|super|top)
        (ca|tout) marche
        c est (regle|bon|parfait)
        un (reve|plaisir|regal)
    """,
    at_peace="""
        (rien|pas grand chose) a (redire|dire|reprocher)
        (aucun|aucune|sans|zero|pas de|jamais de|jamais eu de|jamais eu aucun) (souci|soucis|probleme|problemes|plainte)
        (pas|peux pas) me plaindre
    """,
    solved="""
        (regle|resolu|repare|remplace|arrange)\\w?
        (ca|tout) (marche|fonctionne)( maintenant| de nouveau)?
    """,
    not_="""
        pas|jamais|ne|n|sans|peu|guere|aucun|aucune|rien
    """,
    insults="""
        (idiot|imbecile|con|conne|cons|debile|cretin|abruti|bouffon|clown|mouton|menteur|menteuse|vendu|parasite|rate)s?
        (tais toi|ferme la|ta gueule|fermez la)
        (tu|t) … (connais rien|comprends rien|y connais)
        t es … (bete|nul|con|stupide)
        continue de pleurer|pleure
    """,
    quarrel="""
        boycott\\w*
        (personne|qui) (n )?(a|t a|vous a) demande
        on s en (fiche|fout|moque)
        (capitaliste|communiste|fasciste|facho|gaucho|politique|woke)\\w*
        bande de \\w+
        tous (pourris|vendus|pareils|les memes)
        mdr|ptdr
    """,
    bait="""
        (concours|jeuconcours|tirage au sort)
        (pour|et) (gagner|participer)
        tag\\w* … ami\\w*
        (gagnez|gagne|gagner) … (mois|semaine|jour|maison|chez vous|domicile|heure)
        (depuis|de) (chez vous|chez toi|la maison)
        (contactez|contacte) moi (en|sur|par)
        (achete\\w*|acheter) (des )?(abonnes|likes|followers)
        (gratuit\\w*) … (partagez|suivez|cliquez)
        (investi\\w+) … (crypto\\w*|bitcoin|argent)
        crypto\\w*
        rejoi\\w+ (mon|notre|le) (canal|groupe|telegram)
        code (parrainage|de parrainage)
        cliquez ici
        recuper\\w+ … (compte|fonds) … (telegram|whatsapp|instagram)
    """,
    weak_bait="""
        abonne\\w*|suivez
        likez|partagez
        gratuit\\w*
        argent
        amis
        canal|groupe
        whatsapp|telegram
        en mp
        carte cadeau
        gagne\\w*
    """,
)
