<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
  <context>
    <name>GPKeys</name>
    <message>
      <source>&amp;API address</source>
      <translation>Adresse de l’&amp;API</translation>
    </message>
    <message>
      <source>&amp;Add to the map</source>
      <translation>Aj&amp;outer à la carte</translation>
    </message>
    <message>
      <source>&amp;Addresses, one a line</source>
      <translation>Adresses, une par li&amp;gne</translation>
    </message>
    <message>
      <source>&amp;Another account…</source>
      <translation>&amp;Autre compte…</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>Retour</translation>
    </message>
    <message>
      <source>&amp;Back to the key</source>
      <translation>Retour à la clé</translation>
    </message>
    <message>
      <source>&amp;Browse…</source>
      <translation>Parc&amp;ourir…</translation>
    </message>
    <message>
      <source>&amp;Client identifier</source>
      <translation>&amp;Identifiant du client</translation>
    </message>
    <message>
      <source>&amp;Delete</source>
      <translation>S&amp;upprimer</translation>
    </message>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Modifier</translation>
    </message>
    <message>
      <source>&amp;Folder, with all below it</source>
      <translation>Do&amp;ssier, avec tout ce qu’il contient</translation>
    </message>
    <message>
      <source>&amp;Forget this account</source>
      <translation>Ou&amp;blier ce compte</translation>
    </message>
    <message>
      <source>&amp;Go on</source>
      <translation>Pour&amp;suivre</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>&amp;Aide</translation>
    </message>
    <message>
      <source>&amp;Key name</source>
      <translation>&amp;Nom de la clé</translation>
    </message>
    <message>
      <source>&amp;Name of the key</source>
      <translation>&amp;Nom de la clé</translation>
    </message>
    <message>
      <source>&amp;Next</source>
      <translation>&amp;Suivant</translation>
    </message>
    <message>
      <source>&amp;Open the key</source>
      <translation>Ouvrir &amp;la clé</translation>
    </message>
    <message>
      <source>&amp;Open the panel</source>
      <translation>&amp;Ouvrir le panneau</translation>
    </message>
    <message>
      <source>&amp;Options…</source>
      <translation>&amp;Options…</translation>
    </message>
    <message>
      <source>&amp;Platform</source>
      <translation>Plate&amp;forme</translation>
    </message>
    <message>
      <source>&amp;QGIS only</source>
      <translation>&amp;QGIS uniquement</translation>
    </message>
    <message>
      <source>&amp;Refresh</source>
      <translation>&amp;Actualiser</translation>
    </message>
    <message>
      <source>&amp;Reply port of this computer</source>
      <translation>&amp;Port de réponse sur cet ordinateur</translation>
    </message>
    <message>
      <source>&amp;Search titles of services in the catalogue of the Géoplateforme</source>
      <translation>&amp;Rechercher les titres des services dans le catalogue de la Géoplateforme</translation>
    </message>
    <message>
      <source>&amp;Sign out</source>
      <translation>&amp;Se déconnecter</translation>
    </message>
    <message>
      <source>&amp;Take the secret out of this project</source>
      <translation>Retirer le &amp;secret de ce projet</translation>
    </message>
    <message>
      <source>&amp;Tell when a project needs your key</source>
      <translation>&amp;Signaler les projets qui ont besoin de votre clé</translation>
    </message>
    <message>
      <source>&amp;Test</source>
      <translation>Te&amp;ster</translation>
    </message>
    <message>
      <source>&amp;Try again</source>
      <translation>Rées&amp;sayer</translation>
    </message>
    <message>
      <source>&amp;Try what lacks again</source>
      <translation>Reprendre ce qui ma&amp;nque</translation>
    </message>
    <message>
      <source>&amp;Undo</source>
      <translation>Annuler le chan&amp;gement</translation>
    </message>
    <message>
      <source>&amp;User name</source>
      <translation>&amp;Nom d’utilisateur</translation>
    </message>
    <message>
      <source>&amp;Zoom to the layers</source>
      <translation>&amp;Zoomer sur les couches</translation>
    </message>
    <message>
      <source>(unchanged)</source>
      <translation>(inchangé)</translation>
    </message>
    <message>
      <source>1. Ask for these services, or see in “My access keys” that you may open them: {services}</source>
      <translation>1. Demandez ces services, ou vérifiez dans votre compte que vous pouvez les ouvrir : {services}</translation>
    </message>
    <message>
      <source>12 months</source>
      <translation>12 mois</translation>
    </message>
    <message>
      <source>2. In QGIS, install the plugin “Géoplateforme access keys” and sign in.</source>
      <translation>2. Dans QGIS, ajoutez l’extension « Clés d’accès Géoplateforme » et connectez-vous.</translation>
    </message>
    <message>
      <source>3. Open the project. In the line “layers need your key”, choose “Show”, then mend the layers.</source>
      <translation>3. Ouvrez le projet. Dans la ligne qui dit que des couches ont besoin de votre clé, choisissez « Afficher », puis réparez les couches.</translation>
    </message>
    <message>
      <source>30 days</source>
      <translation>30 jours</translation>
    </message>
    <message>
      <source>A change counts from the next sign-in.</source>
      <translation>Une modification prend effet à la prochaine connexion.</translation>
    </message>
    <message>
      <source>A change of the key “{name}” stopped half-way.</source>
      <translation>Une modification de la clé « {name} » s’est arrêtée en cours de route.</translation>
    </message>
    <message>
      <source>A colleague</source>
      <translation>Un collègue</translation>
    </message>
    <message>
      <source>A configuration cannot stand there, and the hash is not to be in clear: change it by hand, or keep it in the URL.</source>
      <translation>Une configuration ne peut pas s’y trouver, et la chaîne de hachage ne doit pas être en clair : modifiez cet endroit à la main, ou conservez-la dans l’URL.</translation>
    </message>
    <message>
      <source>A copy of “{name}” will carry the hash of the new key; the open project stays as it is.</source>
      <translation>Une copie de « {name} » portera la chaîne de hachage de la nouvelle clé ; le projet ouvert reste tel quel.</translation>
    </message>
    <message>
      <source>A filter cannot hold a line break or another invisible character.</source>
      <translation>Un filtre ne peut contenir ni retour à la ligne ni autre caractère invisible.</translation>
    </message>
    <message>
      <source>A first e-mail says that your request has arrived. Wait for the second, which welcomes you: the permissions are there then, and a key can be made.</source>
      <translation>Un premier courriel confirme la réception de votre demande. Attendez le second, qui vous souhaite la bienvenue : les permissions sont alors là et vous pouvez créer une clé.</translation>
    </message>
    <message>
      <source>A hash is generated and goes along with each request. Well suited to a web site.</source>
      <translation>Une chaîne de hachage est générée et transmise avec chaque requête. Bien adapté à un site web.</translation>
    </message>
    <message>
      <source>A key that QGIS keeps in a configuration stays out of the files; a hash that it keeps in URLs can be read by whoever gets them.</source>
      <translation>Une clé que QGIS conserve dans une configuration reste hors des fichiers ; une chaîne de hachage conservée dans les URL peut être lue par qui les reçoit.</translation>
    </message>
    <message>
      <source>A key that QGIS keeps in a configuration stays out of the project; a hash that it keeps in URLs can be read by whoever gets the project.</source>
      <translation>Une clé que QGIS conserve dans une configuration reste hors du projet ; une chaîne de hachage conservée dans les URL peut être lue par qui reçoit le projet.</translation>
    </message>
    <message>
      <source>A line in QGIS’s message bar, when a project is opened. No service is asked for it.</source>
      <translation>Une ligne dans la barre de messages de QGIS, à l’ouverture d’un projet. Aucun service n’est interrogé pour cela.</translation>
    </message>
    <message>
      <source>A name stands twice in it.</source>
      <translation>un nom y figure deux fois.</translation>
    </message>
    <message>
      <source>A new key takes its place; the old one works until you delete it.</source>
      <translation>Une nouvelle clé prend sa place ; l’ancienne fonctionne jusqu’à ce que vous la supprimiez.</translation>
    </message>
    <message>
      <source>A new key with the same services and filters is made and tested.</source>
      <translation>Une nouvelle clé, avec les mêmes services et filtres, est créée et testée.</translation>
    </message>
    <message>
      <source>A password this short is found at once. Generate one, or go on once more to keep it.</source>
      <translation>Un mot de passe aussi court se trouve aussitôt. Faites-en générer un, ou validez une seconde fois pour le garder.</translation>
    </message>
    <message>
      <source>A permission may have ended, or its producer taken the layer offline: see the key's accesses.</source>
      <translation>Une permission a peut-être expiré, ou le producteur a retiré la couche : voyez les accès de la clé.</translation>
    </message>
    <message numerus="yes">
      <source>A permission of this key ends in {count} days.</source>
      <translation>
        <numerusform>Une permission de cette clé expire demain.</numerusform>
        <numerusform>Une permission de cette clé expire dans {count} jours.</numerusform>
      </translation>
    </message>
    <message>
      <source>A permission of this key ends today.</source>
      <translation>Une permission de cette clé expire aujourd’hui.</translation>
    </message>
    <message>
      <source>A user name this short is easy to guess. Make it longer, or go on once more to keep it.</source>
      <translation>Un nom d’utilisateur aussi court se devine facilement. Allongez-le, ou validez une seconde fois pour le garder.</translation>
    </message>
    <message>
      <source>A value in it is too long to be read.</source>
      <translation>Une valeur qu’il contient est trop longue pour être lue.</translation>
    </message>
    <message>
      <source>Access key (id or name)</source>
      <translation>Clé d’accès (identifiant ou nom)</translation>
    </message>
    <message>
      <source>Access keys</source>
      <translation>Clés d’accès</translation>
    </message>
    <message>
      <source>Accesses</source>
      <translation>Accès</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>Compte</translation>
    </message>
    <message>
      <source>Account identifier: {id}</source>
      <translation>Identifiant du compte : {id}</translation>
    </message>
    <message>
      <source>Account, permissions and keys</source>
      <translation>Compte, permissions et clés</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Action</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>Ajouter</translation>
    </message>
    <message>
      <source>Add a download service to the key, or choose another key.</source>
      <translation>Ajoutez un service de téléchargement à la clé, ou choisissez une autre clé.</translation>
    </message>
    <message>
      <source>Add its layers to the map</source>
      <translation>Puis ajouter à la carte</translation>
    </message>
    <message>
      <source>Add its layers to the project and save it, or make the key alone.</source>
      <translation>Ajoutez ses couches au projet et enregistrez-le, ou créez la clé seule.</translation>
    </message>
    <message>
      <source>Add its service to the key “{name}” first.</source>
      <translation>Ajoutez d’abord son service à la clé « {name} ».</translation>
    </message>
    <message>
      <source>Add the layers of “{name}” to the map</source>
      <translation>Ajouter à la carte les couches de « {name} »</translation>
    </message>
    <message>
      <source>Add the new layers to the map</source>
      <translation>Ajouter les nouvelles couches à la carte</translation>
    </message>
    <message>
      <source>Add the services to that key instead.</source>
      <translation>Ajoutez plutôt les services à cette clé.</translation>
    </message>
    <message>
      <source>Add them to the OAuth2 key you have, or go back and untick them.</source>
      <translation>Ajoutez-les à votre clé OAuth2 existante, ou revenez en arrière et décochez-les.</translation>
    </message>
    <message>
      <source>Add to the key…</source>
      <translation>Ajouter à la clé…</translation>
    </message>
    <message>
      <source>Add to the map</source>
      <translation>Ajouter à la carte</translation>
    </message>
    <message>
      <source>Add to the map: {service}</source>
      <translation>Ajouter à la carte : {service}</translation>
    </message>
    <message>
      <source>Add to this key</source>
      <translation>Ajouter à cette clé</translation>
    </message>
    <message>
      <source>Adding layers to the map</source>
      <translation>Ajout de couches à la carte</translation>
    </message>
    <message>
      <source>Adding services to an access key</source>
      <translation>Ajout de services à une clé d’accès</translation>
    </message>
    <message>
      <source>Adding the layers was cancelled.</source>
      <translation>L’ajout des couches a été annulé.</translation>
    </message>
    <message>
      <source>Adding the layers…</source>
      <translation>Ajout des couches…</translation>
    </message>
    <message>
      <source>Adding the services to the key “{name}”</source>
      <translation>Ajout des services à la clé « {name} »</translation>
    </message>
    <message>
      <source>Address of the Géoportail, which has been closed</source>
      <translation>Adresse du Géoportail, qui a fermé</translation>
    </message>
    <message>
      <source>Addresses that may not use it (with commas)</source>
      <translation>Adresses interdites (séparées par des virgules)</translation>
    </message>
    <message>
      <source>Addresses that may use it (with commas)</source>
      <translation>Adresses autorisées (séparées par des virgules)</translation>
    </message>
    <message>
      <source>Addresses, one range per line</source>
      <translation>Adresses, une plage par ligne</translation>
    </message>
    <message>
      <source>All but these addresses</source>
      <translation>Toutes sauf ces adresses</translation>
    </message>
    <message>
      <source>All filters that are set must be met for the key to work.</source>
      <translation>La clé ne fonctionne que si tous les filtres définis sont respectés.</translation>
    </message>
    <message>
      <source>All formats</source>
      <translation>Tout format</translation>
    </message>
    <message>
      <source>All services</source>
      <translation>Tout service</translation>
    </message>
    <message>
      <source>All services of “{licence}”</source>
      <translation>Tous les services de « {licence} »</translation>
    </message>
    <message>
      <source>All that one of your keys opens</source>
      <translation>Tout ce qu’une de vos clés ouvre</translation>
    </message>
    <message>
      <source>All types</source>
      <translation>Tout type</translation>
    </message>
    <message>
      <source>All your permissions have expired: {names}.</source>
      <translation>Toutes vos permissions ont expiré : {names}.</translation>
    </message>
    <message>
      <source>All zones</source>
      <translation>Toute zone</translation>
    </message>
    <message numerus="yes">
      <source>All {count} layers open.</source>
      <translation>
        <numerusform>La couche s’ouvre.</numerusform>
        <numerusform>Les {count} couches s’ouvrent.</numerusform>
      </translation>
    </message>
    <message>
      <source>Already there: {files}.</source>
      <translation>Déjà présent : {files}.</translation>
    </message>
    <message>
      <source>Also remove what the plugin made for it in QGIS</source>
      <translation>Retirer aussi ce que l’extension a créé pour elle dans QGIS</translation>
    </message>
    <message>
      <source>Also the &amp;templates of this profile</source>
      <translation>Aussi &amp;les modèles du profil</translation>
    </message>
    <message>
      <source>Also those that have ended</source>
      <translation>Aussi celles qui ont expiré</translation>
    </message>
    <message>
      <source>Also what they open, and until when</source>
      <translation>Aussi ce qu’elles ouvrent, et jusqu’à quand</translation>
    </message>
    <message>
      <source>Also when they were last used</source>
      <translation>Aussi leur dernière utilisation</translation>
    </message>
    <message>
      <source>Altimetry</source>
      <translation>Altimétrie</translation>
    </message>
    <message>
      <source>An access key opens services that a producer has given you permission for. Neither your account nor its communities have such a permission yet.</source>
      <translation>Une clé d’accès ouvre des services pour lesquels un producteur vous a accordé une permission. Ni votre compte ni vos communautés n’en ont reçu pour l’instant.</translation>
    </message>
    <message>
      <source>An internal error kept the plugin from writing into QGIS.</source>
      <translation>Une erreur interne a empêché l’extension d’écrire dans QGIS.</translation>
    </message>
    <message>
      <source>Another platform</source>
      <translation>Autre plateforme</translation>
    </message>
    <message>
      <source>Another user of this computer may own it: have your administrator give it back, then sign in.</source>
      <translation>Il appartient peut-être à un autre utilisateur de cet ordinateur : demandez à votre administrateur de vous le rendre, puis connectez-vous.</translation>
    </message>
    <message>
      <source>As&amp;k for an extension</source>
      <translation>Dema&amp;nder à prolonger</translation>
    </message>
    <message>
      <source>Ask for an extension</source>
      <translation>Demander une prolongation</translation>
    </message>
    <message>
      <source>Ask for less: another zone, format or edition, or no extent.</source>
      <translation>Demandez moins précisément : une autre zone, un autre format ou une autre édition, ou pas d’emprise.</translation>
    </message>
    <message>
      <source>Ask the producer of the data for a permission, and send along the identifier of your account. Once you have the permission, refresh.</source>
      <translation>Demandez une permission au producteur des données en lui indiquant l’identifiant de votre compte. Une fois la permission accordée, actualisez.</translation>
    </message>
    <message>
      <source>Ask the producer of the data for a permission, and tell the identifier of your account.</source>
      <translation>Demandez une permission au producteur des données en lui indiquant l’identifiant de votre compte.</translation>
    </message>
    <message>
      <source>Ask the producer to extend them.</source>
      <translation>Demandez leur prolongation au producteur.</translation>
    </message>
    <message>
      <source>Ask to join “{community}” and “{other}”, with the SIRET and the address in the message.</source>
      <translation>Demandez à rejoindre « {community} » et « {other} », en indiquant le SIRET et l’adresse dans le message.</translation>
    </message>
    <message>
      <source>Ask to join “{community}”, with the SIRET and the address in the message.</source>
      <translation>Demandez à rejoindre « {community} », en indiquant le SIRET et l’adresse dans le message.</translation>
    </message>
    <message>
      <source>Ask your IT department: QGIS may have to be told the certificate of your network.</source>
      <translation>Adressez-vous à votre service informatique : le certificat de votre réseau doit peut-être être déclaré dans QGIS.</translation>
    </message>
    <message>
      <source>Ask your administrator.</source>
      <translation>Adressez-vous à votre administrateur.</translation>
    </message>
    <message>
      <source>Asked for once, then kept encrypted in QGIS. This code is the same for everybody and published by the IGN: copy it from its page.</source>
      <translation>Demandé une seule fois, puis conservé chiffré dans QGIS. Ce code, commun à tous, est publié par l’IGN : copiez-le depuis sa page.</translation>
    </message>
    <message>
      <source>Asked with the key “{name}”, the service {service} gave nothing: {reason}.</source>
      <translation>Interrogé avec la clé « {name} », le service {service} n’a rien donné : {reason}.</translation>
    </message>
    <message>
      <source>Asking each service of the key…</source>
      <translation>Interrogation de chaque service de la clé…</translation>
    </message>
    <message>
      <source>Asking the services what the key opens…</source>
      <translation>Interrogation des services ouverts par la clé…</translation>
    </message>
    <message>
      <source>Asks each of its services with what QGIS holds for it.</source>
      <translation>Interroge chacun de ses services avec ce que QGIS détient pour elle.</translation>
    </message>
    <message>
      <source>Authentication configuration</source>
      <translation>Configuration d’authentification</translation>
    </message>
    <message>
      <source>Authentication configuration that holds none of your keys</source>
      <translation>Configuration d’authentification sans clé à vous</translation>
    </message>
    <message>
      <source>Authentication configuration that this profile does not have</source>
      <translation>Configuration d’authentification absente de ce profil</translation>
    </message>
    <message>
      <source>Authentication configuration that this profile does not have: {ids}</source>
      <translation>Configuration d’authentification absente de ce profil : {ids}</translation>
    </message>
    <message>
      <source>Authentication configuration {id}: same id, new secret.</source>
      <translation>Configuration d’authentification {id} : même identifiant, nouveau secret.</translation>
    </message>
    <message>
      <source>Authentication configuration {id}: same id, new user name and password.</source>
      <translation>Configuration d’authentification {id} : même identifiant, nouveaux nom d’utilisateur et mot de passe.</translation>
    </message>
    <message>
      <source>BAS&amp;IC</source>
      <translation>BA&amp;SIC</translation>
    </message>
    <message>
      <source>BASIC without a configuration: user name</source>
      <translation>BASIC sans configuration : nom d’utilisateur</translation>
    </message>
    <message>
      <source>BASIC: user name and password (configuration)</source>
      <translation>BASIC : identifiants (configuration Basic)</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Retour</translation>
    </message>
    <message>
      <source>Back to what can be downloaded</source>
      <translation>Retour à ce qui peut être téléchargé</translation>
    </message>
    <message>
      <source>Back: the download goes on</source>
      <translation>Retour : le téléchargement continue</translation>
    </message>
    <message>
      <source>Beside each file that changed is a copy of what it was, which ends in .before-gpkeys.</source>
      <translation>À côté de chaque fichier modifié se trouve une copie de ce qu’il était, en .before-gpkeys.</translation>
    </message>
    <message>
      <source>Black list</source>
      <translation>Liste noire</translation>
    </message>
    <message>
      <source>Both keys stay as they are, and the list of keys offers to finish or to undo.</source>
      <translation>Les deux clés restent telles quelles, et la liste des clés propose de terminer ou d’annuler.</translation>
    </message>
    <message>
      <source>Both lists, as they are</source>
      <translation>Les deux listes, telles quelles</translation>
    </message>
    <message>
      <source>Bringing QGIS’s connections up to date…</source>
      <translation>Mise à jour des connexions de QGIS…</translation>
    </message>
    <message>
      <source>Bringing the connections back</source>
      <translation>Remise des connexions dans leur état d’avant</translation>
    </message>
    <message>
      <source>Bringing the layers back</source>
      <translation>Remise des couches dans leur état d’avant</translation>
    </message>
    <message>
      <source>Bringing “{name}” back ({number} of {total})…</source>
      <translation>Remise de « {name} » dans son état précédent ({number} sur {total})…</translation>
    </message>
    <message>
      <source>Bytes</source>
      <translation>Octets</translation>
    </message>
    <message>
      <source>C&amp;ancel</source>
      <translation>Annu&amp;ler</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Annuler</translation>
    </message>
    <message>
      <source>Cancelled.</source>
      <translation>Opération annulée.</translation>
    </message>
    <message>
      <source>Cancelled. What you typed is still here.</source>
      <translation>Opération interrompue. Votre saisie est conservée.</translation>
    </message>
    <message>
      <source>Catalo&amp;gue</source>
      <translation>Catalo&amp;gue</translation>
    </message>
    <message>
      <source>Cause</source>
      <translation>Cause</translation>
    </message>
    <message>
      <source>Causes that are mended</source>
      <translation>Causes réparées</translation>
    </message>
    <message>
      <source>Chan&amp;ge the password</source>
      <translation>C&amp;hanger le mot de passe</translation>
    </message>
    <message>
      <source>Chan&amp;ge the secret</source>
      <translation>C&amp;hanger le secret</translation>
    </message>
    <message>
      <source>Change account or platform, sign out</source>
      <translation>Changer de compte ou de plateforme, se déconnecter</translation>
    </message>
    <message>
      <source>Change an access key</source>
      <translation>Modifier une clé d’accès</translation>
    </message>
    <message>
      <source>Change the &amp;password</source>
      <translation>C&amp;hanger le mot de passe</translation>
    </message>
    <message>
      <source>Change the &amp;secret</source>
      <translation>C&amp;hanger le secret</translation>
    </message>
    <message>
      <source>Change the key's filters, or ask your IT department for the public address of your network.</source>
      <translation>Modifiez les filtres de la clé, ou demandez à votre service informatique l’adresse publique de votre réseau.</translation>
    </message>
    <message>
      <source>Change the password of the key “{name}”</source>
      <translation>Changer le mot de passe de la clé « {name} »</translation>
    </message>
    <message>
      <source>Change the password or the secret of an access key</source>
      <translation>Changer le mot de passe ou le secret d’une clé d’accès</translation>
    </message>
    <message>
      <source>Change the secret of the key “{name}”</source>
      <translation>Changer le secret de la clé « {name} »</translation>
    </message>
    <message>
      <source>Changes the name, the services or the filters of an access key. Only the difference is sent; a key never loses a service that it keeps. Connections in QGIS follow.</source>
      <translation>Modifie le nom, les services ou les filtres d’une clé d’accès. Seule la différence est envoyée ; une clé ne perd jamais un service qu’elle garde. Les connexions de QGIS suivent.</translation>
    </message>
    <message>
      <source>Changing an access key</source>
      <translation>Modification d’une clé d’accès</translation>
    </message>
    <message>
      <source>Changing the key “{name}”</source>
      <translation>Modification de la clé « {name} »</translation>
    </message>
    <message>
      <source>Changing the key…</source>
      <translation>Modification de la clé…</translation>
    </message>
    <message>
      <source>Changing the password of an access key</source>
      <translation>Changement du mot de passe d’une clé d’accès</translation>
    </message>
    <message>
      <source>Changing the password of the key “{name}”</source>
      <translation>Changement du mot de passe de la clé « {name} »</translation>
    </message>
    <message>
      <source>Changing the password of the key “{name}” was interrupted; the old key is as it was.</source>
      <translation>Le changement du mot de passe de la clé « {name} » a été interrompu ; l’ancienne clé est restée telle quelle.</translation>
    </message>
    <message>
      <source>Changing the secret of an access key</source>
      <translation>Changement du secret d’une clé d’accès</translation>
    </message>
    <message>
      <source>Changing the secret of the key “{name}”</source>
      <translation>Changement du secret de la clé « {name} »</translation>
    </message>
    <message>
      <source>Changing the secret of the key “{name}” was interrupted; the old key is as it was.</source>
      <translation>Le changement du secret de la clé « {name} » a été interrompu ; l’ancienne clé est restée telle quelle.</translation>
    </message>
    <message>
      <source>Check QGIS's proxy settings.</source>
      <translation>Vérifiez les paramètres de proxy de QGIS.</translation>
    </message>
    <message>
      <source>Check in QGIS's options, under Authentication, that the database opens; it may be damaged or not writable.</source>
      <translation>Vérifiez dans les options de QGIS, rubrique Authentification, que la base s’ouvre ; elle est peut-être endommagée ou protégée en écriture.</translation>
    </message>
    <message>
      <source>Check that the disk is not full and that the profile folder can be written to.</source>
      <translation>Vérifiez que le disque n’est pas plein et que le dossier du profil est accessible en écriture.</translation>
    </message>
    <message>
      <source>Check that the permission still holds and that the key opens this service.</source>
      <translation>Vérifiez que la permission est toujours valable et que la clé ouvre ce service.</translation>
    </message>
    <message>
      <source>Check that the permission still holds, or ask its producer.</source>
      <translation>Vérifiez que la permission est toujours valable ou adressez-vous à son producteur.</translation>
    </message>
    <message>
      <source>Check the addresses in the plugin's options.</source>
      <translation>Vérifiez les adresses dans les options de l’extension.</translation>
    </message>
    <message>
      <source>Check the platform and the client identifier in the plugin's options.</source>
      <translation>Vérifiez la plateforme et l’identifiant du client dans les options de l’extension.</translation>
    </message>
    <message>
      <source>Check what you typed, then try again.</source>
      <translation>Vérifiez votre saisie, puis réessayez.</translation>
    </message>
    <message>
      <source>Check your connection and QGIS's proxy settings, then try again.</source>
      <translation>Vérifiez votre connexion et les paramètres de proxy de QGIS, puis réessayez.</translation>
    </message>
    <message>
      <source>Check your connection, then try again.</source>
      <translation>Vérifiez votre connexion, puis réessayez.</translation>
    </message>
    <message>
      <source>Checking the name and the services…</source>
      <translation>Vérification du nom et des services…</translation>
    </message>
    <message>
      <source>Checking the password with the services…</source>
      <translation>Vérification du mot de passe auprès des services…</translation>
    </message>
    <message>
      <source>Choose BASIC, HASH or OAUTH2.</source>
      <translation>Choisissez BASIC, HASH ou OAUTH2.</translation>
    </message>
    <message>
      <source>Choose a configuration of the Basic authentication.</source>
      <translation>Choisissez une configuration d’authentification de type Basic.</translation>
    </message>
    <message>
      <source>Choose a configuration that signs in in the browser, or ask the IGN for a client that may.</source>
      <translation>Choisissez une configuration qui se connecte dans le navigateur, ou demandez à l’IGN un client qui y est autorisé.</translation>
    </message>
    <message>
      <source>Choose a file or a folder of QGIS projects.</source>
      <translation>Choisissez un fichier ou un dossier de projets QGIS.</translation>
    </message>
    <message>
      <source>Choose a folder</source>
      <translation>Choisir un dossier</translation>
    </message>
    <message>
      <source>Choose a folder that you may write to.</source>
      <translation>Choisissez un dossier où vous pouvez écrire.</translation>
    </message>
    <message>
      <source>Choose another authentication configuration, or let the plugin make a new one.</source>
      <translation>Choisissez une autre configuration d’authentification, ou laissez l’extension en créer une nouvelle.</translation>
    </message>
    <message>
      <source>Choose another folder.</source>
      <translation>Choisissez un autre dossier.</translation>
    </message>
    <message>
      <source>Choose another name for the copy.</source>
      <translation>Choisissez un autre nom pour la copie.</translation>
    </message>
    <message>
      <source>Choose another name.</source>
      <translation>Choisissez un autre nom.</translation>
    </message>
    <message>
      <source>Choose another one, or have a new one made, in the options.</source>
      <translation>Choisissez-en une autre, ou faites-en créer une nouvelle, dans les options.</translation>
    </message>
    <message>
      <source>Choose another place for it.</source>
      <translation>Choisissez un autre emplacement.</translation>
    </message>
    <message>
      <source>Choose another user name, for example with the name of your organisation in it.</source>
      <translation>Choisissez un autre nom d’utilisateur, comportant par exemple le nom de votre organisme.</translation>
    </message>
    <message>
      <source>Choose services…</source>
      <translation>Choisir des services…</translation>
    </message>
    <message>
      <source>Choose that place.</source>
      <translation>Choisissez cet emplacement.</translation>
    </message>
    <message>
      <source>Choose the Basic authentication configuration of this key.</source>
      <translation>Choisissez la configuration d’authentification Basic de cette clé.</translation>
    </message>
    <message>
      <source>Choose the folder</source>
      <translation>Choisir le dossier</translation>
    </message>
    <message>
      <source>Choose what to download: {name}</source>
      <translation>Choisir ce qui est à télécharger : {name}</translation>
    </message>
    <message>
      <source>Chosen: {files}, {size} or more: some tell no size.</source>
      <translation>Choisi : {files}, {size} ou plus : certains n’indiquent pas leur taille.</translation>
    </message>
    <message>
      <source>Chosen: {files}, {size}.</source>
      <translation>Choisi : {files}, {size}.</translation>
    </message>
    <message>
      <source>Client secret of &amp;QGIS</source>
      <translation>Secret du client &amp;QGIS</translation>
    </message>
    <message>
      <source>Close other programs that have it open, another QGIS above all, then try again.</source>
      <translation>Fermez les autres programmes qui l’ont ouverte, un autre QGIS avant tout, puis réessayez.</translation>
    </message>
    <message>
      <source>Close the program that uses them, often another QGIS that waits for a sign-in, then try again.</source>
      <translation>Fermez le programme qui les utilise, souvent un autre QGIS en attente de connexion, puis réessayez.</translation>
    </message>
    <message>
      <source>Close the project where it is open, or delete the copy yourself, then undo again.</source>
      <translation>Fermez le projet là où il est ouvert, ou supprimez la copie vous-même, puis annulez de nouveau.</translation>
    </message>
    <message>
      <source>Close this message</source>
      <translation>Fermer ce message</translation>
    </message>
    <message>
      <source>Closing the services that are no longer wanted…</source>
      <translation>Fermeture des services qui ne sont plus voulus…</translation>
    </message>
    <message>
      <source>Community</source>
      <translation>Communauté</translation>
    </message>
    <message>
      <source>Configurations made in this profile, which hold your key: {names}.</source>
      <translation>Configurations créées dans ce profil avec votre clé : {names}.</translation>
    </message>
    <message>
      <source>Configure the security options</source>
      <translation>Configurer les options de sécurisation</translation>
    </message>
    <message>
      <source>Connect QGIS to the key first, with its password.</source>
      <translation>Connectez d’abord QGIS à la clé, avec son mot de passe.</translation>
    </message>
    <message>
      <source>Connect an access key to QGIS</source>
      <translation>Connecter une clé d’accès à QGIS</translation>
    </message>
    <message>
      <source>Connect the key to QGIS again, then add its layers.</source>
      <translation>Connectez de nouveau la clé à QGIS, puis ajoutez ses couches.</translation>
    </message>
    <message>
      <source>Connect the key to QGIS first: its password is typed there, once.</source>
      <translation>Connectez d’abord la clé à QGIS : son mot de passe y est saisi, une seule fois.</translation>
    </message>
    <message>
      <source>Connect the key to this QGIS first.</source>
      <translation>Connectez d’abord la clé à ce QGIS.</translation>
    </message>
    <message>
      <source>Connect the key “{name}” to QGIS</source>
      <translation>Connecter la clé « {name} » à QGIS</translation>
    </message>
    <message>
      <source>Connect to &amp;QGIS</source>
      <translation>Connecter à &amp;QGIS</translation>
    </message>
    <message>
      <source>Connect to QGIS</source>
      <translation>Connecter à QGIS</translation>
    </message>
    <message>
      <source>Connecting an access key</source>
      <translation>Connexion d’une clé d’accès</translation>
    </message>
    <message>
      <source>Connecting the key “{name}”</source>
      <translation>Connexion de la clé « {name} »</translation>
    </message>
    <message>
      <source>Connection</source>
      <translation>Connexion</translation>
    </message>
    <message>
      <source>Connections changed: {names}.</source>
      <translation>Connexions modifiées : {names}.</translation>
    </message>
    <message>
      <source>Connections just written for the key “{name}” are still in QGIS.</source>
      <translation>Des connexions tout juste écrites pour la clé « {name} » sont encore dans QGIS.</translation>
    </message>
    <message>
      <source>Connections of QGIS</source>
      <translation>Connexions de QGIS</translation>
    </message>
    <message>
      <source>Connections of this QGIS that will stop working: {names}.</source>
      <translation>Connexions de ce QGIS qui ne fonctionneront plus : {names}.</translation>
    </message>
    <message>
      <source>Connections or layers of this QGIS may use the new key.</source>
      <translation>Des connexions ou des couches de ce QGIS utilisent peut-être la nouvelle clé.</translation>
    </message>
    <message>
      <source>Consumption</source>
      <translation>Consommation</translation>
    </message>
    <message>
      <source>Consumption of an access key</source>
      <translation>Consommation d’une clé d’accès</translation>
    </message>
    <message>
      <source>Cop&amp;y</source>
      <translation>Copier</translation>
    </message>
    <message>
      <source>Cop&amp;y a text for the colleague</source>
      <translation>C&amp;opier un texte à envoyer</translation>
    </message>
    <message>
      <source>Cop&amp;y for the producer</source>
      <translation>C&amp;opier pour le producteur</translation>
    </message>
    <message>
      <source>Cop&amp;y the name</source>
      <translation>Copier le &amp;nom</translation>
    </message>
    <message>
      <source>Cop&amp;y the report</source>
      <translation>C&amp;opier le rapport</translation>
    </message>
    <message>
      <source>Cop&amp;y the request</source>
      <translation>C&amp;opier la demande</translation>
    </message>
    <message>
      <source>Copied with the secret, for a minute. Treat it like a password.</source>
      <translation>Copié avec le secret, pour une minute. Traitez-le comme un mot de passe.</translation>
    </message>
    <message>
      <source>Copy it from the IGN help page, once.</source>
      <translation>Copiez-le une seule fois depuis la page d’aide de l’IGN.</translation>
    </message>
    <message>
      <source>Copy of the project</source>
      <translation>Copie du projet</translation>
    </message>
    <message>
      <source>Copy the &amp;URL</source>
      <translation>Copier &amp;l’URL</translation>
    </message>
    <message>
      <source>Copy the GDAL command</source>
      <translation>Copier la commande GDAL</translation>
    </message>
    <message>
      <source>Copy the GDAL command with the secret</source>
      <translation>Copier la commande GDAL avec le secret</translation>
    </message>
    <message>
      <source>Copy the URL</source>
      <translation>Copier l’URL</translation>
    </message>
    <message>
      <source>Copy the URL of {name}</source>
      <translation>Copier l’URL de {name}</translation>
    </message>
    <message>
      <source>Copy the URL with the secret</source>
      <translation>Copier l’URL avec le secret</translation>
    </message>
    <message>
      <source>Copy the curl command</source>
      <translation>Copier la commande curl</translation>
    </message>
    <message>
      <source>Copy the hash</source>
      <translation>Copier la chaîne de hachage</translation>
    </message>
    <message>
      <source>Copy the identifier</source>
      <translation>Copier l’identifiant</translation>
    </message>
    <message>
      <source>Copy the password</source>
      <translation>Copier le mot de passe</translation>
    </message>
    <message>
      <source>Copy the request for an extension</source>
      <translation>Copier la demande de prolongation</translation>
    </message>
    <message>
      <source>Copy the table</source>
      <translation>Copier le tableau</translation>
    </message>
    <message>
      <source>Copy the user name</source>
      <translation>Copier le nom d’utilisateur</translation>
    </message>
    <message>
      <source>Copy their URL for the software that uses them.</source>
      <translation>Copiez leur URL pour le logiciel qui les utilise.</translation>
    </message>
    <message>
      <source>Copy: {what} – {service}</source>
      <translation>Copier : {what} – {service}</translation>
    </message>
    <message>
      <source>Correct them in QGIS's options, under Authentication.</source>
      <translation>Corrigez-les dans les options de QGIS, rubrique Authentification.</translation>
    </message>
    <message>
      <source>Could not be had: {files}.</source>
      <translation>Impossible à obtenir : {files}.</translation>
    </message>
    <message>
      <source>Cre&amp;ate a key</source>
      <translation>Créer une c&amp;lé</translation>
    </message>
    <message>
      <source>Create a BASIC, HASH or OAuth2 key with the same services.</source>
      <translation>Créez une clé BASIC, HASH ou OAuth2 avec les mêmes services.</translation>
    </message>
    <message>
      <source>Create a key for them…</source>
      <translation>Créer une clé…</translation>
    </message>
    <message>
      <source>Create a key with it</source>
      <translation>Créer une clé avec cette permission</translation>
    </message>
    <message>
      <source>Create a&amp;nother key</source>
      <translation>Créer u&amp;ne autre clé</translation>
    </message>
    <message>
      <source>Create an access key</source>
      <translation>Créer une clé d’accès</translation>
    </message>
    <message>
      <source>Create an access key for your private services in two steps, and see them on the map. You sign in with your cartes.gouv.fr account, in your browser.</source>
      <translation>Créez en deux étapes une clé d’accès à vos services privés et affichez-les sur la carte. Vous vous connectez avec votre compte cartes.gouv.fr, dans votre navigateur.</translation>
    </message>
    <message>
      <source>Create the &amp;key</source>
      <translation>Créer &amp;la clé</translation>
    </message>
    <message>
      <source>Create the key again.</source>
      <translation>Créez la clé à nouveau.</translation>
    </message>
    <message>
      <source>Creates an access key and writes it into QGIS: its authentication configuration and its connections. If a step fails, nothing is left of it.</source>
      <translation>Crée une clé d’accès et l’inscrit dans QGIS : sa configuration d’authentification et ses connexions. Si une étape échoue, il n’en reste rien.</translation>
    </message>
    <message>
      <source>Creating an access key</source>
      <translation>Création d’une clé d’accès</translation>
    </message>
    <message>
      <source>Creating the key “{name}”</source>
      <translation>Création de la clé « {name} »</translation>
    </message>
    <message>
      <source>Creating the key…</source>
      <translation>Création de la clé…</translation>
    </message>
    <message>
      <source>Current ({count})</source>
      <translation>En cours ({count})</translation>
    </message>
    <message>
      <source>Data to download</source>
      <translation>Données à télécharger</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Jour</translation>
    </message>
    <message>
      <source>Define the accessible services</source>
      <translation>Définir les services accessibles</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Supprimer</translation>
    </message>
    <message>
      <source>Delete a key that is no longer used: the list can be sorted by last use.</source>
      <translation>Supprimez une clé qui ne sert plus : la liste se trie par dernière utilisation.</translation>
    </message>
    <message>
      <source>Delete a key you no longer need, then try again.</source>
      <translation>Supprimez une clé dont vous n’avez plus besoin, puis réessayez.</translation>
    </message>
    <message>
      <source>Delete an access key</source>
      <translation>Supprimer une clé d’accès</translation>
    </message>
    <message>
      <source>Delete the &amp;key</source>
      <translation>&amp;Supprimer la clé</translation>
    </message>
    <message>
      <source>Delete the key “{name}”</source>
      <translation>Supprimer la clé « {name} »</translation>
    </message>
    <message>
      <source>Delete the key, or finish it in the “Géoplateforme access keys” panel.</source>
      <translation>Supprimez la clé, ou terminez-la dans le panneau « Clés d’accès Géoplateforme ».</translation>
    </message>
    <message>
      <source>Delete the old &amp;key</source>
      <translation>&amp;Supprimer l’ancienne clé</translation>
    </message>
    <message>
      <source>Deletes an access key and, unless told otherwise, the configuration and the connections that the plugin made for it in QGIS; never anything else.</source>
      <translation>Supprime une clé d’accès et, sauf indication contraire, la configuration et les connexions que l’extension a créées pour elle dans QGIS ; jamais rien d’autre.</translation>
    </message>
    <message>
      <source>Deleting an access key</source>
      <translation>Suppression d’une clé d’accès</translation>
    </message>
    <message>
      <source>Deleting the key “{name}”</source>
      <translation>Suppression de la clé « {name} »</translation>
    </message>
    <message>
      <source>Deleting the key…</source>
      <translation>Suppression de la clé…</translation>
    </message>
    <message>
      <source>Deleting the new key…</source>
      <translation>Suppression de la nouvelle clé…</translation>
    </message>
    <message>
      <source>Deleting the old key</source>
      <translation>Suppression de l’ancienne clé</translation>
    </message>
    <message>
      <source>Deleting the old key…</source>
      <translation>Suppression de l’ancienne clé…</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Détails</translation>
    </message>
    <message>
      <source>Done: {text}</source>
      <translation>Fait : {text}</translation>
    </message>
    <message>
      <source>Don’t tell me any more</source>
      <translation>Ne plus me le signaler</translation>
    </message>
    <message>
      <source>Dow&amp;nload</source>
      <translation>Téléc&amp;harger</translation>
    </message>
    <message>
      <source>Download</source>
      <translation>Téléchargement</translation>
    </message>
    <message>
      <source>Download and add to the map</source>
      <translation>Télécharger et ajouter à la carte</translation>
    </message>
    <message>
      <source>Download what a key opens</source>
      <translation>Télécharger ce qu’une clé ouvre</translation>
    </message>
    <message>
      <source>Download – {name}</source>
      <translation>Télécharger – {name}</translation>
    </message>
    <message>
      <source>Download: {name}</source>
      <translation>Téléchargement : {name}</translation>
    </message>
    <message>
      <source>Downloaded</source>
      <translation>Téléchargé</translation>
    </message>
    <message>
      <source>Downloaded: {files}.</source>
      <translation>Téléchargé : {files}.</translation>
    </message>
    <message>
      <source>Downloading</source>
      <translation>Téléchargement</translation>
    </message>
    <message>
      <source>Downloading {editions}</source>
      <translation>Téléchargement de {editions}</translation>
    </message>
    <message>
      <source>Downloading “{name}” into {folder}…</source>
      <translation>Téléchargement de « {name} » dans {folder}…</translation>
    </message>
    <message>
      <source>Downloading: {done} of {total}</source>
      <translation>Téléchargement : {done} sur {total}</translation>
    </message>
    <message>
      <source>Downloading: {done} of {total}, about {left} left</source>
      <translation>Téléchargement : {done} sur {total}, encore {left} environ</translation>
    </message>
    <message>
      <source>Download…</source>
      <translation>Télécharger…</translation>
    </message>
    <message>
      <source>E&amp;xport the configuration…</source>
      <translation>Exporter la con&amp;figuration…</translation>
    </message>
    <message>
      <source>E-mail: {email}</source>
      <translation>Adresse électronique : {email}</translation>
    </message>
    <message>
      <source>Earlier connections of the key “{name}” are not as they were.</source>
      <translation>Des connexions antérieures de la clé « {name} » ne sont plus comme avant.</translation>
    </message>
    <message>
      <source>Ed&amp;it</source>
      <translation>Modi&amp;fier</translation>
    </message>
    <message>
      <source>Edit the key “{name}”</source>
      <translation>Modifier la clé « {name} »</translation>
    </message>
    <message>
      <source>Edition of: {day}</source>
      <translation>Édition du : {day}</translation>
    </message>
    <message>
      <source>Edition: the beginning of a day, a name, * for all (by default the newest)</source>
      <translation>Édition : le début d’une date, un nom, * pour toutes (par défaut la plus récente)</translation>
    </message>
    <message>
      <source>Edition: {name}</source>
      <translation>Édition : {name}</translation>
    </message>
    <message>
      <source>Editions and files</source>
      <translation>Éditions et fichiers</translation>
    </message>
    <message>
      <source>Editions: {shown} of {count}</source>
      <translation>Éditions : {shown} sur {count}</translation>
    </message>
    <message>
      <source>Encrypted in the authentication database, protected by the master password.</source>
      <translation>Chiffrée dans la base d’authentification, protégée par le mot de passe principal.</translation>
    </message>
    <message>
      <source>Encrypted, in a header</source>
      <translation>Chiffrée, dans un en-tête</translation>
    </message>
    <message>
      <source>Enter QGIS's master password, then sign in again.</source>
      <translation>Saisissez le mot de passe principal de QGIS, puis reconnectez-vous.</translation>
    </message>
    <message>
      <source>Enter the master password when QGIS asks for it, then try again.</source>
      <translation>Saisissez le mot de passe principal lorsque QGIS le demande, puis réessayez.</translation>
    </message>
    <message>
      <source>Enter the secret that the IGN publishes for QGIS again.</source>
      <translation>Saisissez de nouveau le secret que l’IGN publie pour QGIS.</translation>
    </message>
    <message>
      <source>Error: {text}</source>
      <translation>Erreur : {text}</translation>
    </message>
    <message>
      <source>Everything works.</source>
      <translation>Tout fonctionne.</translation>
    </message>
    <message>
      <source>Expired ({count})</source>
      <translation>Expirées ({count})</translation>
    </message>
    <message>
      <source>Expired permissions ({count})</source>
      <translation>Permissions expirées ({count})</translation>
    </message>
    <message>
      <source>Export the configuration</source>
      <translation>Exporter la configuration</translation>
    </message>
    <message>
      <source>Extension of the permission “{licence}” on the Géoplateforme</source>
      <translation>Prolongation de la permission « {licence} » sur la Géoplateforme</translation>
    </message>
    <message>
      <source>Fair</source>
      <translation>Moyen</translation>
    </message>
    <message>
      <source>Fetch all of its volumes, then unpack it.</source>
      <translation>Téléchargez tous ses volumes, puis décompressez-la.</translation>
    </message>
    <message>
      <source>Fetch anew what is there already</source>
      <translation>Retélécharger ce qui est déjà là</translation>
    </message>
    <message>
      <source>Fetched on: {day}</source>
      <translation>Téléchargé le : {day}</translation>
    </message>
    <message>
      <source>Fetches files of the download service into a folder, one below it an edition: checked, unpacked, and tiles put together in a virtual mosaic (.vrt). The key goes as a header, never into an address or a file.</source>
      <translation>Télécharge des fichiers du service de téléchargement dans un dossier, un sous-dossier par édition : vérifiés, décompressés, les dalles assemblées en mosaïque virtuelle (.vrt). La clé passe dans un en-tête, jamais dans une adresse ni un fichier.</translation>
    </message>
    <message>
      <source>File or folder</source>
      <translation>Fichier ou dossier</translation>
    </message>
    <message>
      <source>File or folder (by default the open project)</source>
      <translation>Fichier ou dossier (par défaut le projet ouvert)</translation>
    </message>
    <message>
      <source>Files looked through: {count}.</source>
      <translation>Fichiers examinés : {count}.</translation>
    </message>
    <message>
      <source>Files of the download</source>
      <translation>Fichiers du téléchargement</translation>
    </message>
    <message>
      <source>Files read: {done} of {total}. Places that need a key: {count}</source>
      <translation>Fichiers lus : {done} sur {total}. Endroits qui ont besoin d’une clé : {count}</translation>
    </message>
    <message>
      <source>Files that are as they were before: {count}.</source>
      <translation>Fichiers remis comme avant : {count}.</translation>
    </message>
    <message>
      <source>Files that are there: {count}</source>
      <translation>Fichiers présents : {count}</translation>
    </message>
    <message>
      <source>Files that are there: {count} of {total}</source>
      <translation>Fichiers présents : {count} sur {total}</translation>
    </message>
    <message>
      <source>Files that could not be fetched: {count} of {total}. The first: {reason}</source>
      <translation>Fichiers qui n’ont pas pu être téléchargés : {count} sur {total}. Le premier : {reason}</translation>
    </message>
    <message>
      <source>Files that need a key</source>
      <translation>Fichiers qui ont besoin d’une clé</translation>
    </message>
    <message>
      <source>Files to download</source>
      <translation>Fichiers à télécharger</translation>
    </message>
    <message>
      <source>Fill in the three fields, or choose a platform of the list.</source>
      <translation>Remplissez les trois champs, ou choisissez une plateforme de la liste.</translation>
    </message>
    <message>
      <source>Fill in the white list or the black list, not both.</source>
      <translation>Renseignez la liste blanche ou la liste noire, mais pas les deux.</translation>
    </message>
    <message>
      <source>Filters</source>
      <translation>Filtres</translation>
    </message>
    <message>
      <source>Filters and changes</source>
      <translation>Filtres et modifications</translation>
    </message>
    <message>
      <source>Find what needs an access key in projects</source>
      <translation>Rechercher ce qui a besoin d’une clé d’accès dans des projets</translation>
    </message>
    <message>
      <source>Finish</source>
      <translation>Terminer</translation>
    </message>
    <message>
      <source>Finish it to keep both; or delete the copy, then undo.</source>
      <translation>Terminez pour garder les deux ; ou supprimez la copie, puis annulez.</translation>
    </message>
    <message>
      <source>Finish or undo</source>
      <translation>Terminer ou annuler</translation>
    </message>
    <message>
      <source>Finish or undo it first, in “My keys”.</source>
      <translation>Terminez-la ou défaites-la d’abord, dans « Mes clés ».</translation>
    </message>
    <message>
      <source>Finish or undo it in the “Géoplateforme access keys” panel, or delete the key.</source>
      <translation>Terminez-la ou annulez-la dans le panneau « Clés d’accès Géoplateforme », ou supprimez la clé.</translation>
    </message>
    <message>
      <source>Finish or undo that first.</source>
      <translation>Terminez ou annulez d’abord cette création.</translation>
    </message>
    <message>
      <source>Finish the change: QGIS uses the new key, which works.</source>
      <translation>Terminez le changement : QGIS utilise la nouvelle clé, qui fonctionne.</translation>
    </message>
    <message>
      <source>Finish the change: the new key gets the name of the old one.</source>
      <translation>Terminez le changement : la nouvelle clé prend le nom de l’ancienne.</translation>
    </message>
    <message>
      <source>Finishing an access key</source>
      <translation>Achèvement d’une clé d’accès</translation>
    </message>
    <message>
      <source>Finishing the change of an access key</source>
      <translation>Achèvement de la modification d’une clé d’accès</translation>
    </message>
    <message>
      <source>Finishing the change of the key “{name}”</source>
      <translation>Achèvement de la modification de la clé « {name} »</translation>
    </message>
    <message>
      <source>Finishing the deletion of an access key</source>
      <translation>Achèvement de la suppression d’une clé d’accès</translation>
    </message>
    <message>
      <source>Finishing the deletion of the key “{name}”</source>
      <translation>Achèvement de la suppression de la clé « {name} »</translation>
    </message>
    <message>
      <source>Finishing the key “{name}”</source>
      <translation>Finalisation de la clé « {name} »</translation>
    </message>
    <message>
      <source>Fixed by your administrator: {value}</source>
      <translation>Fixé par votre administrateur : {value}</translation>
    </message>
    <message>
      <source>Folder to download into</source>
      <translation>Dossier de destination</translation>
    </message>
    <message>
      <source>Folder to fetch into</source>
      <translation>Dossier de destination</translation>
    </message>
    <message>
      <source>For example: QGIS, roads department</source>
      <translation>Par exemple : QGIS, service voirie</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>Free some megabytes there, then try again.</source>
      <translation>Libérez-y quelques mégaoctets, puis réessayez.</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Du</translation>
    </message>
    <message>
      <source>From A to Z</source>
      <translation>De A à Z</translation>
    </message>
    <message>
      <source>From Z to A</source>
      <translation>De Z à A</translation>
    </message>
    <message>
      <source>From the open project. QGIS cannot undo that; the project’s file stays as it is until you save it.</source>
      <translation>Du projet ouvert. QGIS ne peut pas annuler cela ; le fichier du projet reste tel quel tant que vous ne l’enregistrez pas.</translation>
    </message>
    <message>
      <source>From {first} to {last}</source>
      <translation>Du {first} au {last}</translation>
    </message>
    <message>
      <source>GDAL command</source>
      <translation>Commande GDAL</translation>
    </message>
    <message>
      <source>GDAL command with the secret</source>
      <translation>Commande GDAL avec le secret</translation>
    </message>
    <message>
      <source>GPKeys takes what QGIS holds of the key “{name}” for another key’s.</source>
      <translation>GPKeys attribue à une autre clé ce que QGIS contient de la clé « {name} ».</translation>
    </message>
    <message>
      <source>Ge&amp;nerate</source>
      <translation>&amp;Générer</translation>
    </message>
    <message>
      <source>Give a password, or have one generated.</source>
      <translation>Indiquez un mot de passe ou faites-en générer un.</translation>
    </message>
    <message>
      <source>Give a user name.</source>
      <translation>Indiquez un nom d’utilisateur.</translation>
    </message>
    <message>
      <source>Give it a key…</source>
      <translation>Lui donner une clé…</translation>
    </message>
    <message>
      <source>Give projects an access key</source>
      <translation>Donner une clé d’accès à des projets</translation>
    </message>
    <message>
      <source>Give the id of one, or leave AUTHCFG out to use the one of the “Géoplateforme access keys” panel.</source>
      <translation>Donnez l’identifiant d’une telle configuration, ou omettez AUTHCFG pour utiliser celle du panneau « Clés d’accès Géoplateforme ».</translation>
    </message>
    <message>
      <source>Give the key a name.</source>
      <translation>Donnez un nom à la clé.</translation>
    </message>
    <message>
      <source>Give the layers of the project a key of yours instead.</source>
      <translation>Donnez plutôt une de vos clés aux couches du projet.</translation>
    </message>
    <message>
      <source>Give them a key…</source>
      <translation>Leur donner une clé…</translation>
    </message>
    <message>
      <source>Give this layer a key…</source>
      <translation>Donner une clé à cette couche…</translation>
    </message>
    <message>
      <source>Give this layer another key</source>
      <translation>Donner une autre clé à cette couche</translation>
    </message>
    <message>
      <source>Give up</source>
      <translation>Renoncer</translation>
    </message>
    <message>
      <source>Gives a BASIC key a new user name and password, or a HASH key a new secret: a new key with the same services and filters is made and tested, QGIS is given what opens it, and the old key is deleted. Configurations keep their ids, so projects keep drawing.</source>
      <translation>Donne un nouveau nom d’utilisateur et un nouveau mot de passe à une clé BASIC, ou un nouveau secret à une clé HASH : une nouvelle clé avec les mêmes services et filtres est créée et testée, QGIS reçoit ce qui l’ouvre, et l’ancienne clé est supprimée. Les configurations gardent leur identifiant : les projets continuent de s’afficher.</translation>
    </message>
    <message>
      <source>Giving a download up</source>
      <translation>Abandon d’un téléchargement</translation>
    </message>
    <message>
      <source>Giving its name to the new key…</source>
      <translation>La nouvelle clé prend le nom de l’ancienne…</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Poursuivre</translation>
    </message>
    <message>
      <source>Go on now</source>
      <translation>Continuer</translation>
    </message>
    <message>
      <source>Going back to an access key from its new one</source>
      <translation>Retour à une clé d’accès depuis la nouvelle</translation>
    </message>
    <message>
      <source>Going back to the old key</source>
      <translation>Retour à l’ancienne clé</translation>
    </message>
    <message>
      <source>Géoplateforme</source>
      <translation>Géoplateforme</translation>
    </message>
    <message>
      <source>Géoplateforme (private)</source>
      <translation>Géoplateforme (privé)</translation>
    </message>
    <message>
      <source>Géoplateforme access keys</source>
      <translation>Clés d’accès Géoplateforme</translation>
    </message>
    <message>
      <source>H&amp;ASH</source>
      <translation>&amp;HASH</translation>
    </message>
    <message>
      <source>HASH keys</source>
      <translation>Clés HASH</translation>
    </message>
    <message>
      <source>HASH: kept in the URL (URL) or sent as a header (HEADER)</source>
      <translation>HASH : dans l’URL (URL) ou en en-tête (HEADER)</translation>
    </message>
    <message>
      <source>HTTP status {status}</source>
      <translation>Statut HTTP {status}</translation>
    </message>
    <message>
      <source>Hash</source>
      <translation>Chaîne de hachage</translation>
    </message>
    <message>
      <source>Have an account of cartes.gouv.fr that tells the SIRET and the address of your company or association: these maps are for professional use. Private persons may look at them on cartes.gouv.fr.</source>
      <translation>Ayez un compte cartes.gouv.fr où figurent le SIRET et l’adresse de votre entreprise ou association : ces cartes sont destinées à un usage professionnel. Les particuliers peuvent les consulter sur cartes.gouv.fr.</translation>
    </message>
    <message>
      <source>Have the QCA OpenSSL component (qca-ossl) of QGIS installed, then restart QGIS.</source>
      <translation>Faites installer le composant QCA OpenSSL (qca-ossl) de QGIS, puis redémarrez QGIS.</translation>
    </message>
    <message>
      <source>Having QGIS use the new key…</source>
      <translation>QGIS passe à la nouvelle clé…</translation>
    </message>
    <message>
      <source>Having QGIS use the old key again…</source>
      <translation>QGIS reprend l’ancienne clé…</translation>
    </message>
    <message>
      <source>Hello,

I have a question about the permission “{licence}”.

Services:
{layers}

Permission: {id}
Account: {name}, {email} ({account})

Thank you.</source>
      <translation>Bonjour,

j’ai une question au sujet de la permission « {licence} ».

Services :
{layers}

Permission : {id}
Compte : {name}, {email} ({account})

Merci.</translation>
    </message>
    <message>
      <source>Hello,

the permission “{licence}” ended on {end}. Could you extend it?

Services:
{layers}

Permission: {id}
Account: {name}, {email} ({account})

Thank you.</source>
      <translation>Bonjour,

la permission « {licence} » a pris fin le {end}. Pourriez-vous la prolonger ?

Services :
{layers}

Permission : {id}
Compte : {name}, {email} ({account})

Merci.</translation>
    </message>
    <message>
      <source>Hello,

the permission “{licence}” ends on {end}. Could you extend it?

Services:
{layers}

Permission: {id}
Account: {name}, {email} ({account})

Thank you.</source>
      <translation>Bonjour,

la permission « {licence} » prend fin le {end}. Pourriez-vous la prolonger ?

Services :
{layers}

Permission : {id}
Compte : {name}, {email} ({account})

Merci.</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Aide</translation>
    </message>
    <message>
      <source>Hide the password</source>
      <translation>Masquer le mot de passe</translation>
    </message>
    <message>
      <source>I&amp;n a header</source>
      <translation>Dans un en-tête</translation>
    </message>
    <message>
      <source>INPUT is a file or a folder with all below it: projects (also in GeoPackages), their backups, layer definitions, layout templates and exported connections; without it, the layers of the open project. Signed in, each line says what mends it.</source>
      <translation>INPUT est un fichier, ou un dossier avec tout ce qu’il contient : projets (aussi dans des GeoPackages), leurs sauvegardes, définitions de couches, modèles de mise en page et connexions exportées ; sans lui, les couches du projet ouvert. Si vous êtes connecté, chaque ligne dit ce qui la répare.</translation>
    </message>
    <message>
      <source>Id of its authentication configuration</source>
      <translation>Identifiant de sa configuration d’authentification</translation>
    </message>
    <message>
      <source>Id of the key</source>
      <translation>Identifiant de la clé</translation>
    </message>
    <message>
      <source>If you undo the change, QGIS uses the old key again, and the new one is deleted.</source>
      <translation>Si vous annulez le changement, QGIS utilise de nouveau l’ancienne clé, et la nouvelle est supprimée.</translation>
    </message>
    <message>
      <source>In QGIS</source>
      <translation>Dans QGIS</translation>
    </message>
    <message>
      <source>In a script:</source>
      <translation>Dans un script :</translation>
    </message>
    <message>
      <source>In an authentication configuration</source>
      <translation>Dans une configuration d’authentification</translation>
    </message>
    <message>
      <source>In that of each connection. Works everywhere, also in QGIS Server and Lizmap; whoever gets the project can read it.</source>
      <translation>Dans celle de chaque connexion. Fonctionne partout, y compris dans QGIS Server et Lizmap ; quiconque reçoit le projet peut la lire.</translation>
    </message>
    <message>
      <source>In the &amp;URL</source>
      <translation>Da&amp;ns l’URL</translation>
    </message>
    <message>
      <source>In the URL</source>
      <translation>Dans l’URL</translation>
    </message>
    <message>
      <source>In the URL of the connections</source>
      <translation>Dans l’URL des connexions</translation>
    </message>
    <message>
      <source>In the plugin's options, choose the reply port 7070 and “Use this port only”, then sign in.</source>
      <translation>Dans les options de l’extension, choisissez le port de réponse 7070 et « N’utiliser que ce port », puis connectez-vous.</translation>
    </message>
    <message>
      <source>Information: {text}</source>
      <translation>Information : {text}</translation>
    </message>
    <message>
      <source>Install the plugin there and sign in. The sign-in has another id there: open the project, choose “Show” in the line “layers need your key”, and mend the layers. The file of the project stays as it is.</source>
      <translation>Ajoutez-y l’extension et connectez-vous. La connexion au compte y a un autre identifiant : ouvrez le projet, choisissez « Afficher » dans la ligne qui dit que des couches ont besoin de votre clé, puis réparez les couches. Le fichier du projet reste tel quel.</translation>
    </message>
    <message>
      <source>Install the plugin there, sign in, and connect this key to QGIS: its configuration gets the same id, and the project draws as it is.</source>
      <translation>Ajoutez-y l’extension, connectez-vous, puis connectez cette clé à QGIS : sa configuration reçoit le même identifiant, et le projet s’affiche tel quel.</translation>
    </message>
    <message>
      <source>Internet addresses that may use the key</source>
      <translation>Adresses Internet autorisées à utiliser la clé</translation>
    </message>
    <message>
      <source>Isochrones</source>
      <translation>Isochrones</translation>
    </message>
    <message>
      <source>It answers to {addresses} only: on this computer the copy does not draw.</source>
      <translation>Elle ne répond qu’à {addresses} : sur cet ordinateur, la copie ne s’affiche pas.</translation>
    </message>
    <message>
      <source>It cannot be read: {reason}.</source>
      <translation>il est illisible : {reason}.</translation>
    </message>
    <message>
      <source>It can’t hold what was to be written in it.</source>
      <translation>Il ne peut pas contenir ce qui devait y être écrit.</translation>
    </message>
    <message>
      <source>It carries no key of yours</source>
      <translation>Elle ne porte aucune de vos clés</translation>
    </message>
    <message>
      <source>It carries {hash}.</source>
      <translation>Porte {hash}.</translation>
    </message>
    <message>
      <source>It could not be read: {reason}.</source>
      <translation>Il n’a pas pu être lu : {reason}.</translation>
    </message>
    <message>
      <source>It could not be written: {reason}.</source>
      <translation>Il n’a pas pu être écrit : {reason}.</translation>
    </message>
    <message>
      <source>It declares entities of its own, which QGIS never writes. It is not read.</source>
      <translation>Il déclare ses propres entités, ce que QGIS ne fait jamais. Il n’est pas lu.</translation>
    </message>
    <message>
      <source>It does not say which server the key is for: change it by hand.</source>
      <translation>Rien n’y dit à quel serveur la clé est destinée : modifiez cet endroit à la main.</translation>
    </message>
    <message>
      <source>It ends in the middle. Take it from a backup.</source>
      <translation>Il s’arrête en plein milieu. Reprenez-le d’une sauvegarde.</translation>
    </message>
    <message>
      <source>It has a second name (a hard link), which would keep the old key. Change it by hand.</source>
      <translation>Il a un second nom (un lien physique), qui garderait l’ancienne clé. Modifiez-le à la main.</translation>
    </message>
    <message>
      <source>It has changed since it was mended. The copy of what it was is beside it.</source>
      <translation>Il a changé depuis sa réparation. La copie de ce qu’il était est à côté.</translation>
    </message>
    <message>
      <source>It has changed since it was scanned. Scan it again.</source>
      <translation>Il a changé depuis son analyse. Analysez-le à nouveau.</translation>
    </message>
    <message>
      <source>It has changes that are not saved: they will not be in the copy.</source>
      <translation>Il a des modifications non enregistrées : elles ne seront pas dans la copie.</translation>
    </message>
    <message>
      <source>It holds NUL bytes, which are no text. Take it from a backup.</source>
      <translation>Il contient des octets nuls, qui ne sont pas du texte. Reprenez-le d’une sauvegarde.</translation>
    </message>
    <message>
      <source>It holds more places to look at than a project can have.</source>
      <translation>Il contient plus d’endroits à examiner qu’un projet ne peut en avoir.</translation>
    </message>
    <message>
      <source>It is a link to a folder that it lies in.</source>
      <translation>C’est un lien vers un dossier qui le contient.</translation>
    </message>
    <message>
      <source>It is in an encoding that QGIS never writes. Open it in QGIS and save it again.</source>
      <translation>Il est dans un encodage que QGIS n’écrit jamais. Ouvrez-le dans QGIS et enregistrez-le à nouveau.</translation>
    </message>
    <message>
      <source>It is larger than {most} bytes.</source>
      <translation>il dépasse {most} octets.</translation>
    </message>
    <message>
      <source>It is meant so</source>
      <translation>C’est voulu</translation>
    </message>
    <message>
      <source>It is no GeoPackage, or it is damaged.</source>
      <translation>Ce n’est pas un GeoPackage, ou il est abîmé.</translation>
    </message>
    <message>
      <source>It is no file of QGIS.</source>
      <translation>Ce n’est pas un fichier de QGIS.</translation>
    </message>
    <message>
      <source>It is not JSON in UTF-8.</source>
      <translation>ce n’est pas du JSON en UTF-8.</translation>
    </message>
    <message>
      <source>It is not JSON: see line {line}.</source>
      <translation>ce n’est pas du JSON : voyez la ligne {line}.</translation>
    </message>
    <message>
      <source>It is not a file.</source>
      <translation>ce n’est pas un fichier.</translation>
    </message>
    <message>
      <source>It is not known who else uses the old key: other computers, projects and web maps that have its secret will stop working.</source>
      <translation>On ne sait pas qui d’autre utilise l’ancienne clé : les autres ordinateurs, projets et cartes en ligne qui ont son secret cesseront de fonctionner.</translation>
    </message>
    <message>
      <source>It is not known who else uses the old key: other computers, projects and web maps that have its user name and password will stop working.</source>
      <translation>On ne sait pas qui d’autre utilise l’ancienne clé : les autres ordinateurs, projets et cartes en ligne qui ont son nom d’utilisateur et son mot de passe cesseront de fonctionner.</translation>
    </message>
    <message>
      <source>It is not there any more.</source>
      <translation>Il n’est plus là.</translation>
    </message>
    <message>
      <source>It is not there.</source>
      <translation>il n’existe pas.</translation>
    </message>
    <message>
      <source>It is not what its name says: QGIS would not open it.</source>
      <translation>Il n’est pas ce que dit son nom : QGIS ne l’ouvrirait pas.</translation>
    </message>
    <message>
      <source>It is open elsewhere, or you have no right to write in its folder. Close it and try again.</source>
      <translation>Il est ouvert ailleurs, ou vous n’avez pas le droit d’écrire dans son dossier. Fermez-le et recommencez.</translation>
    </message>
    <message>
      <source>It is open elsewhere. Close it there and try again.</source>
      <translation>Il est ouvert ailleurs. Fermez-le là-bas et recommencez.</translation>
    </message>
    <message>
      <source>It is read again with the key that is there.</source>
      <translation>La lecture est refaite avec la clé en place.</translation>
    </message>
    <message>
      <source>It is read-only.</source>
      <translation>Il est en lecture seule.</translation>
    </message>
    <message>
      <source>It is the project that is open in this QGIS: mend it on the “Repair” page.</source>
      <translation>C’est le projet ouvert dans ce QGIS : réparez-le sur la page « Réparer ».</translation>
    </message>
    <message>
      <source>It may have been deleted elsewhere. Refresh the list.</source>
      <translation>Il a peut-être été supprimé depuis une autre application. Actualisez la liste.</translation>
    </message>
    <message>
      <source>It must be an object that holds “fixed”, “defaults” or both.</source>
      <translation>il doit contenir un objet avec « fixed », « defaults » ou les deux.</translation>
    </message>
    <message>
      <source>It must hold no secret: a client secret is handed over in the variable GPKEYS_CLIENT_SECRET.</source>
      <translation>il ne doit contenir aucun secret : le secret du client se donne dans la variable GPKEYS_CLIENT_SECRET.</translation>
    </message>
    <message>
      <source>It was kept. Fetch it again; if it stays so, tell the producer of the data.</source>
      <translation>Elle est gardée. Téléchargez-la de nouveau ; si cela persiste, signalez-le au producteur des données.</translation>
    </message>
    <message>
      <source>It was kept. Unpack it with 7-Zip; or, so that it is done here, install 7-Zip, install py7zr in QGIS's Python (python -m pip install py7zr), or use a QGIS with GDAL 3.7 or later.</source>
      <translation>Elle est gardée. Décompressez-la avec 7-Zip ; ou, pour que ce soit fait ici, il faut 7-Zip, py7zr dans le Python de QGIS (python -m pip install py7zr), ou un QGIS avec GDAL 3.7 ou plus récent.</translation>
    </message>
    <message>
      <source>It was not closed, or you have no right to write in its folder. Open it in QGIS and close it again.</source>
      <translation>Il n’a pas été fermé, ou vous n’avez pas le droit d’écrire dans son dossier. Ouvrez-le dans QGIS et refermez-le.</translation>
    </message>
    <message>
      <source>It was not used in the past 12 months.</source>
      <translation>Elle n’a pas été utilisée depuis 12 mois.</translation>
    </message>
    <message>
      <source>Its XML is damaged. Open it in QGIS and save it again.</source>
      <translation>Son XML est abîmé. Ouvrez-le dans QGIS et enregistrez-le à nouveau.</translation>
    </message>
    <message>
      <source>Its archive is damaged. Take it from a backup.</source>
      <translation>Son archive est abîmée. Reprenez-le d’une sauvegarde.</translation>
    </message>
    <message>
      <source>Its archive is of a kind that QGIS does not write. Open it in QGIS and save it again.</source>
      <translation>Son archive est d’une sorte que QGIS n’écrit pas. Ouvrez-le dans QGIS et enregistrez-le à nouveau.</translation>
    </message>
    <message>
      <source>Its name, its services and who may use it.</source>
      <translation>Son nom, ses services et qui peut s’en servir.</translation>
    </message>
    <message>
      <source>Its page has the URLs with its hash, to copy.</source>
      <translation>Sa page a les URL avec sa chaîne de hachage, à copier.</translation>
    </message>
    <message>
      <source>Its producer has switched this service off for now.</source>
      <translation>Ce service est désactivé pour le moment par son producteur.</translation>
    </message>
    <message>
      <source>Its producer has taken this service offline.</source>
      <translation>Ce service a été dépublié par son producteur.</translation>
    </message>
    <message>
      <source>Its producer may be publishing it just now, or have taken it offline: try again later, or ask the producer.</source>
      <translation>Son producteur est peut-être en train de la publier, ou l’a retirée : réessayez plus tard, ou demandez-lui.</translation>
    </message>
    <message>
      <source>Its project “{project}” is damaged. Save it again with QGIS.</source>
      <translation>Son projet « {project} » est abîmé. Enregistrez-le à nouveau avec QGIS.</translation>
    </message>
    <message>
      <source>Its secret replaces the old one in this QGIS: {places}.</source>
      <translation>Son secret remplace l’ancien dans ce QGIS : {places}.</translation>
    </message>
    <message>
      <source>Its session ends, and it is listed here no more. Its keys stay connected in QGIS.</source>
      <translation>Sa session prend fin, et il n’est plus proposé ici. Ses clés restent connectées dans QGIS.</translation>
    </message>
    <message>
      <source>Its user name and password replace the old ones in this QGIS: {places}.</source>
      <translation>Son nom d’utilisateur et son mot de passe remplacent les anciens dans ce QGIS : {places}.</translation>
    </message>
    <message>
      <source>Keep it in a Basic authentication configuration and give its id as CREDENTIALS.</source>
      <translation>Enregistrez-le dans une configuration d’authentification Basic et donnez l’identifiant de celle-ci dans CREDENTIALS.</translation>
    </message>
    <message>
      <source>Keep the copy in the same folder if the project names files beside it.</source>
      <translation>Laissez la copie dans le même dossier si le projet nomme des fichiers voisins.</translation>
    </message>
    <message>
      <source>Keep the hash in the connection's address instead, or use a newer QGIS.</source>
      <translation>Conservez plutôt la chaîne de hachage dans l’adresse de la connexion, ou utilisez une version plus récente de QGIS.</translation>
    </message>
    <message>
      <source>Keep the pattern there is</source>
      <translation>Garder le motif existant</translation>
    </message>
    <message>
      <source>Key of somebody else</source>
      <translation>Clé de quelqu’un d’autre</translation>
    </message>
    <message>
      <source>Key of yours that has ended or was deleted</source>
      <translation>Une de vos clés, qui n’a plus cours ou a été supprimée</translation>
    </message>
    <message>
      <source>Key without a name</source>
      <translation>Clé sans nom</translation>
    </message>
    <message>
      <source>Key “{name}” · {services}</source>
      <translation>Clé « {name} » · {services}</translation>
    </message>
    <message>
      <source>Keys shown: {shown} of {total}</source>
      <translation>Clés affichées : {shown} sur {total}</translation>
    </message>
    <message>
      <source>L&amp;ater</source>
      <translation>P&amp;lus tard</translation>
    </message>
    <message>
      <source>La&amp;yers to add</source>
      <translation>Couc&amp;hes à ajouter</translation>
    </message>
    <message>
      <source>Last used first</source>
      <translation>D’abord les plus récemment utilisées</translation>
    </message>
    <message>
      <source>Last used on {date}; {requests} in the past 12 months.</source>
      <translation>Utilisée pour la dernière fois le {date} ; {requests} en 12 mois.</translation>
    </message>
    <message>
      <source>Latest end first</source>
      <translation>D’abord celles qui finissent le plus tard</translation>
    </message>
    <message>
      <source>Layer</source>
      <translation>Couche</translation>
    </message>
    <message>
      <source>Layer tree</source>
      <translation>Arbre des couches</translation>
    </message>
    <message>
      <source>Layers and connections that use the key stop working. If the key no longer exists, what is left of it in QGIS is removed; if nothing is left either, the algorithm says so and fails.</source>
      <translation>Les couches et les connexions qui utilisent la clé cessent de fonctionner. Si la clé n’existe déjà plus, ce qu’il en reste dans QGIS est retiré ; s’il n’en reste rien non plus, l’algorithme le dit et échoue.</translation>
    </message>
    <message>
      <source>Layers of the open project changed: {names}. Save the project.</source>
      <translation>Couches du projet ouvert modifiées : {names}. Enregistrez le projet.</translation>
    </message>
    <message>
      <source>Layers of the open project no longer draw: {names}. Remove them from it, or give them another key in the tab “Repair”.</source>
      <translation>Des couches du projet ouvert ne s’affichent plus : {names}. Retirez-les du projet, ou donnez-leur une autre clé dans l’onglet « Réparer ».</translation>
    </message>
    <message>
      <source>Layers of the open project that will stop drawing: {names}.</source>
      <translation>Couches du projet ouvert qui ne s’afficheront plus : {names}.</translation>
    </message>
    <message>
      <source>Layers of the open project: {names}</source>
      <translation>Couches du projet ouvert : {names}</translation>
    </message>
    <message>
      <source>Layers that carry the hash in their URL draw there at once: the project brings it along.</source>
      <translation>Les couches qui portent la chaîne de hachage dans leur URL s’y affichent aussitôt : le projet l’apporte.</translation>
    </message>
    <message>
      <source>Layers whose key has ended or is missing stay empty. When you open a project that has some, they are listed here with the key of yours that opens them, and are mended in one go: styles, order and layouts stay.</source>
      <translation>Une couche dont la clé n’a plus cours ou manque reste vide. Quand un projet ouvert en contient, elles sont listées ici avec celle de vos clés qui convient, et réparées en une fois : styles, ordre et mises en page restent.</translation>
    </message>
    <message>
      <source>Layout</source>
      <translation>Mise en page</translation>
    </message>
    <message>
      <source>Leave it as it is</source>
      <translation>Laisser en l’état</translation>
    </message>
    <message>
      <source>Leave it empty to keep the password that QGIS has.</source>
      <translation>Laissez vide pour garder le mot de passe que QGIS possède.</translation>
    </message>
    <message>
      <source>Leaving the deletion of an access key as it is</source>
      <translation>Abandon de la suppression d’une clé d’accès</translation>
    </message>
    <message>
      <source>Leaving the deletion of the key “{name}” as it is</source>
      <translation>Abandon de la suppression de la clé « {name} »</translation>
    </message>
    <message>
      <source>Left: {reason}</source>
      <translation>Laissé : {reason}</translation>
    </message>
    <message>
      <source>Legend of a layout</source>
      <translation>Légende de mise en page</translation>
    </message>
    <message>
      <source>Licence: {licence}</source>
      <translation>Licence : {licence}</translation>
    </message>
    <message>
      <source>List access keys</source>
      <translation>Lister les clés d’accès</translation>
    </message>
    <message>
      <source>List permissions</source>
      <translation>Lister les permissions</translation>
    </message>
    <message>
      <source>List what a key opens for download</source>
      <translation>Lister ce qu’une clé donne à télécharger</translation>
    </message>
    <message>
      <source>List what there is again: another edition may have taken its place.</source>
      <translation>Listez de nouveau ce qu’il y a : une autre édition a pu prendre sa place.</translation>
    </message>
    <message>
      <source>Lists the access keys of your account: what each one opens, when the first of its permissions ends, when it was last used, and whether this QGIS is connected to it.</source>
      <translation>Liste les clés d’accès de votre compte : ce que chacune ouvre, quand la première de ses permissions expire, quand elle a servi pour la dernière fois, et si ce QGIS y est connecté.</translation>
    </message>
    <message>
      <source>Lists the files of the download service that a key opens: edition, zone, format, reference system, size and checksum. Nothing is fetched.</source>
      <translation>Liste les fichiers du service de téléchargement qu’une clé ouvre : édition, zone, format, système de coordonnées, taille et somme de contrôle. Rien n’est téléchargé.</translation>
    </message>
    <message>
      <source>Lists the permissions of your account: licence, end date, and the offerings each one covers.</source>
      <translation>Liste les permissions de votre compte : licence, date de fin, et les offres que chacune couvre.</translation>
    </message>
    <message>
      <source>Longest unused first</source>
      <translation>D’abord les moins récemment utilisées</translation>
    </message>
    <message>
      <source>Loo&amp;k into the files of a folder…</source>
      <translation>&amp;Fichiers d’un dossier…</translation>
    </message>
    <message>
      <source>Loo&amp;k through</source>
      <translation>Exami&amp;ner</translation>
    </message>
    <message>
      <source>Look and test</source>
      <translation>Consulter et tester</translation>
    </message>
    <message>
      <source>Look at the list of connections again.</source>
      <translation>Consultez de nouveau la liste des connexions.</translation>
    </message>
    <message>
      <source>Look at your keys before trying again.</source>
      <translation>Regardez vos clés d’accès avant de réessayer.</translation>
    </message>
    <message>
      <source>Looking at the disk</source>
      <translation>Examen du disque</translation>
    </message>
    <message>
      <source>Looking at what is there: “{name}”…</source>
      <translation>Examen de ce qui est déjà là : « {name} »…</translation>
    </message>
    <message>
      <source>Looking for files ({count} so far)…</source>
      <translation>Recherche de fichiers (déjà {count})…</translation>
    </message>
    <message>
      <source>Looking for what uses an access key</source>
      <translation>Recherche de ce qui utilise une clé d’accès</translation>
    </message>
    <message>
      <source>Looking for what uses the key…</source>
      <translation>Recherche de ce qui utilise la clé…</translation>
    </message>
    <message>
      <source>Looking through files</source>
      <translation>Examen de fichiers</translation>
    </message>
    <message>
      <source>Looks for layers and other places that carry a shared key that was switched off, a key that has ended, a configuration that this profile lacks, or no key. Nothing is changed and nothing is sent.</source>
      <translation>Cherche les couches et autres endroits qui portent une clé partagée qui a été coupée, une clé qui n’a plus cours, une configuration absente de ce profil, ou aucune clé. Rien n’est modifié ni envoyé.</translation>
    </message>
    <message>
      <source>Made by the plugin (recommended)</source>
      <translation>Créée par l’extension (recommandé)</translation>
    </message>
    <message>
      <source>Make and change</source>
      <translation>Créer et modifier</translation>
    </message>
    <message>
      <source>Make it or connect its disk, then start again.</source>
      <translation>Créez-le ou branchez son disque, puis relancez.</translation>
    </message>
    <message>
      <source>Make it writable (its owner and rights; is the disk read-only?), then try again.</source>
      <translation>Rendez-le accessible en écriture (propriétaire et droits ; le disque est-il en lecture seule ?), puis réessayez.</translation>
    </message>
    <message>
      <source>Make room, choose another folder, or ask for less.</source>
      <translation>Faites de la place, choisissez un autre dossier, ou demandez moins.</translation>
    </message>
    <message>
      <source>Make room, then start it again: what was fetched is kept, and gone on with.</source>
      <translation>Faites de la place, puis relancez : ce qui est arrivé est gardé, et la suite reprend là.</translation>
    </message>
    <message>
      <source>Make the &amp;key</source>
      <translation>Créer &amp;la clé</translation>
    </message>
    <message>
      <source>Make the &amp;key and the copy…</source>
      <translation>Créer &amp;la clé et la copie…</translation>
    </message>
    <message>
      <source>Making a key and a copy of the project</source>
      <translation>Création d’une clé et d’une copie du projet</translation>
    </message>
    <message>
      <source>Making the key “{name}”</source>
      <translation>Création de la clé « {name} »</translation>
    </message>
    <message>
      <source>Making the key “{name}” and the copy “{file}” with its hash stopped at the very end. Finish it to keep both, or undo it to remove both.</source>
      <translation>La création de la clé « {name} » et de la copie « {file} » avec sa chaîne de hachage s’est arrêtée tout à la fin. Terminez pour garder les deux, ou annulez pour supprimer les deux.</translation>
    </message>
    <message>
      <source>Making the key “{name}” for a copy of a project stopped half-way. Undo it, then make the key and the copy again.</source>
      <translation>La création de la clé « {name} » pour une copie d’un projet s’est arrêtée en chemin. Annulez-la, puis refaites la clé et la copie.</translation>
    </message>
    <message>
      <source>Map tip</source>
      <translation>Infobulle</translation>
    </message>
    <message>
      <source>Me&amp;nd the files</source>
      <translation>Réparer les &amp;fichiers</translation>
    </message>
    <message numerus="yes">
      <source>Me&amp;nd {count} layers</source>
      <translation>
        <numerusform>Réparer {count} c&amp;ouche</numerusform>
        <numerusform>Réparer {count} c&amp;ouches</numerusform>
      </translation>
    </message>
    <message>
      <source>Measure</source>
      <translation>Mesure</translation>
    </message>
    <message>
      <source>Mend</source>
      <translation>Réparer</translation>
    </message>
    <message>
      <source>Mend these layers in the tab “Repair” before you delete the old key.</source>
      <translation>Réparez ces couches dans l’onglet « Réparer » avant de supprimer l’ancienne clé.</translation>
    </message>
    <message>
      <source>Mend this layer…</source>
      <translation>Réparer cette couche…</translation>
    </message>
    <message numerus="yes">
      <source>Mend {count} connections</source>
      <translation>
        <numerusform>Réparer {count} connexion</numerusform>
        <numerusform>Réparer {count} connexions</numerusform>
      </translation>
    </message>
    <message>
      <source>Mended with the key “{name}”.</source>
      <translation>Réparé avec la clé « {name} ».</translation>
    </message>
    <message>
      <source>Mending connections</source>
      <translation>Réparation de connexions</translation>
    </message>
    <message>
      <source>Mending files</source>
      <translation>Réparation de fichiers</translation>
    </message>
    <message>
      <source>Mending layers</source>
      <translation>Réparation des couches</translation>
    </message>
    <message>
      <source>Mending {number} of {total}: {file}</source>
      <translation>Réparation {number} sur {total} : {file}</translation>
    </message>
    <message>
      <source>Mending “{name}” ({number} of {total})…</source>
      <translation>Réparation de « {name} » ({number} sur {total})…</translation>
    </message>
    <message>
      <source>Mending “{name}”…</source>
      <translation>Réparation de « {name} »…</translation>
    </message>
    <message>
      <source>Metadata</source>
      <translation>Métadonnées</translation>
    </message>
    <message>
      <source>Month</source>
      <translation>Mois</translation>
    </message>
    <message>
      <source>Most of what the Géoportail had is open today, without a key.</source>
      <translation>La plupart des données du Géoportail sont aujourd’hui en accès libre, sans clé.</translation>
    </message>
    <message>
      <source>My keys</source>
      <translation>Mes clés</translation>
    </message>
    <message>
      <source>My second computer</source>
      <translation>Mon autre ordinateur</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Nom</translation>
    </message>
    <message>
      <source>Name and services</source>
      <translation>Nom et services</translation>
    </message>
    <message>
      <source>Name of the key</source>
      <translation>Nom de la clé</translation>
    </message>
    <message>
      <source>Names of its connections (JSON list)</source>
      <translation>Noms de ses connexions (liste JSON)</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Nouvelle</translation>
    </message>
    <message>
      <source>New name</source>
      <translation>Nouveau nom</translation>
    </message>
    <message>
      <source>Newest ed&amp;itions</source>
      <translation>Dernières éditio&amp;ns</translation>
    </message>
    <message>
      <source>Next attempt…</source>
      <translation>Nouvel essai…</translation>
    </message>
    <message>
      <source>No connection was mended.</source>
      <translation>Aucune connexion n’a été réparée.</translation>
    </message>
    <message>
      <source>No edition matches. Ask for less: another place of the map, another zone or format.</source>
      <translation>Aucune édition ne correspond. Demandez moins précisément : un autre endroit de la carte, une autre zone ou un autre format.</translation>
    </message>
    <message>
      <source>No key</source>
      <translation>Sans clé</translation>
    </message>
    <message>
      <source>No key is connected to this QGIS yet.</source>
      <translation>Aucune clé n’est encore connectée à ce QGIS.</translation>
    </message>
    <message>
      <source>No key matches. Clear the search or the filters.</source>
      <translation>Aucune clé ne correspond. Effacez la recherche ou les filtres.</translation>
    </message>
    <message>
      <source>No key of yours mends them.</source>
      <translation>Aucune de vos clés ne convient.</translation>
    </message>
    <message>
      <source>No key uses it.</source>
      <translation>Aucune clé ne l’utilise.</translation>
    </message>
    <message>
      <source>No layer of the key “{name}” is known: open it in the panel.</source>
      <translation>Aucune couche de la clé « {name} » n’est connue : ouvrez-la dans le panneau.</translation>
    </message>
    <message>
      <source>No layer of the open project uses this key.</source>
      <translation>Aucune couche du projet ouvert n’utilise cette clé.</translation>
    </message>
    <message>
      <source>No layer of the saved project uses the key “{name}”.</source>
      <translation>Aucune couche du projet enregistré n’utilise la clé « {name} ».</translation>
    </message>
    <message>
      <source>No layer to mend</source>
      <translation>Aucune couche à réparer</translation>
    </message>
    <message>
      <source>No layer was mended.</source>
      <translation>Aucune couche n’a été réparée.</translation>
    </message>
    <message>
      <source>No mail program opened: copy the request, and send it to the producer.</source>
      <translation>Aucun logiciel de messagerie ne s’est ouvert : copiez la demande et envoyez-la au producteur.</translation>
    </message>
    <message>
      <source>No other key in this QGIS opens it</source>
      <translation>Aucune autre clé de ce QGIS ne l’ouvre</translation>
    </message>
    <message>
      <source>No permission of yours covers “{name}”.</source>
      <translation>Aucune de vos permissions ne couvre « {name} ».</translation>
    </message>
    <message>
      <source>No permission of yours covers “{name}”. Did you mean {names}?</source>
      <translation>Aucune de vos permissions ne couvre « {name} ». Vouliez-vous dire : {names} ?</translation>
    </message>
    <message>
      <source>No private service is open to you</source>
      <translation>Aucun service privé ne vous est ouvert</translation>
    </message>
    <message>
      <source>No restriction</source>
      <translation>Aucune restriction</translation>
    </message>
    <message>
      <source>No secure connection to the Géoplateforme could be made: its certificate was not accepted.</source>
      <translation>Aucune connexion sécurisée à la Géoplateforme n’a pu être établie : son certificat n’a pas été accepté.</translation>
    </message>
    <message>
      <source>No secure connection: the certificate was not accepted.</source>
      <translation>Pas de connexion sécurisée : le certificat n’a pas été accepté.</translation>
    </message>
    <message>
      <source>No service matches this search.</source>
      <translation>Aucun service ne correspond à cette recherche.</translation>
    </message>
    <message>
      <source>No service ticked</source>
      <translation>Aucun service coché</translation>
    </message>
    <message>
      <source>Nobody is signed in.</source>
      <translation>Personne n’est connecté.</translation>
    </message>
    <message>
      <source>None of them needs a key.</source>
      <translation>Aucun n’a besoin d’une clé.</translation>
    </message>
    <message>
      <source>None: the key works from everywhere.</source>
      <translation>Aucun : la clé fonctionne de partout.</translation>
    </message>
    <message>
      <source>Not all keys were read: who uses it is not known.</source>
      <translation>Toutes les clés n’ont pas été lues : on ne sait pas encore lesquelles l’utilisent.</translation>
    </message>
    <message>
      <source>Not all services know the key yet: next attempt in {seconds} s…</source>
      <translation>Certains services ne connaissent pas encore la clé : nouvel essai dans {seconds} s…</translation>
    </message>
    <message>
      <source>Not carried over, since the permission has ended: {names}.</source>
      <translation>Non repris, car la permission a expiré : {names}.</translation>
    </message>
    <message>
      <source>Not from these addresses</source>
      <translation>Pas depuis ces adresses</translation>
    </message>
    <message>
      <source>Not from these addresses: {ranges}</source>
      <translation>Pas depuis ces adresses : {ranges}</translation>
    </message>
    <message>
      <source>Not opened to it, since they need an OAuth2 key or their permission has ended: {names}.</source>
      <translation>Non ouverts à cette clé, car il faut une clé OAuth2 ou leur permission est terminée : {names}.</translation>
    </message>
    <message>
      <source>Not read: {count}.</source>
      <translation>Non lus : {count}.</translation>
    </message>
    <message>
      <source>Not signed in: {reason}</source>
      <translation>Sans connexion : {reason}</translation>
    </message>
    <message>
      <source>Not tested: QGIS does not know the password of this key.</source>
      <translation>Non testé : QGIS ne connaît pas le mot de passe de cette clé.</translation>
    </message>
    <message>
      <source>Not tested: it is not on the platform’s servers.</source>
      <translation>Non testé : il n’est pas sur les serveurs de la plateforme.</translation>
    </message>
    <message>
      <source>Not used in this period.</source>
      <translation>Aucune utilisation sur cette période.</translation>
    </message>
    <message>
      <source>Not used yet, as far as the Géoplateforme has counted; made on {date}.</source>
      <translation>Pas encore utilisée, d’après les relevés de la Géoplateforme ; créée le {date}.</translation>
    </message>
    <message>
      <source>Noted in the project: save it once more to keep the note.</source>
      <translation>C’est noté dans le projet : enregistrez-le encore une fois pour le conserver.</translation>
    </message>
    <message>
      <source>Nothing else is lost: finish the deletion in the list of keys, or run the algorithm again.</source>
      <translation>Rien d’autre n’est perdu : terminez la suppression dans la liste des clés, ou relancez l’algorithme.</translation>
    </message>
    <message>
      <source>Nothing has changed yet.</source>
      <translation>Rien n’a encore changé.</translation>
    </message>
    <message>
      <source>Nothing in this QGIS uses it.</source>
      <translation>Rien ne l’utilise dans ce QGIS.</translation>
    </message>
    <message>
      <source>Nothing is left of the key “{name}”.</source>
      <translation>Il ne reste rien de la clé « {name} ».</translation>
    </message>
    <message>
      <source>Nothing is lost. Wait a minute, then sign in again.</source>
      <translation>Rien n’est perdu. Patientez une minute, puis reconnectez-vous.</translation>
    </message>
    <message>
      <source>Nothing is missing</source>
      <translation>Rien ne manque</translation>
    </message>
    <message>
      <source>Nothing may be written to the folder “{folder}”.</source>
      <translation>Le dossier « {folder} » est en lecture seule.</translation>
    </message>
    <message>
      <source>Nothing of it was kept. Try again later; if it stays so, tell the producer of the data.</source>
      <translation>Rien n’en a été gardé. Réessayez plus tard ; si cela persiste, signalez-le au producteur des données.</translation>
    </message>
    <message>
      <source>Nothing of this name is open to you.</source>
      <translation>Rien de ce nom ne vous est ouvert.</translation>
    </message>
    <message>
      <source>Nothing on this computer unpacks “{name}”: it is a 7z archive.</source>
      <translation>Rien sur cet ordinateur ne décompresse « {name} » : c’est une archive 7z.</translation>
    </message>
    <message>
      <source>Nothing that you may open has its name: most of the old Géoportail is open data today.</source>
      <translation>Rien de ce que vous pouvez ouvrir ne porte son nom : la plupart des données de l’ancien Géoportail sont aujourd’hui libres.</translation>
    </message>
    <message>
      <source>Nothing to show here. Clear the search or choose the other list.</source>
      <translation>Rien à afficher ici. Effacez la recherche ou choisissez l’autre liste.</translation>
    </message>
    <message>
      <source>Nothing was brought back.</source>
      <translation>Rien n’a pu être remis comme avant.</translation>
    </message>
    <message>
      <source>Nothing was changed. Try again in a moment.</source>
      <translation>Rien n’a été modifié. Réessayez dans un instant.</translation>
    </message>
    <message>
      <source>Number of bytes fetched</source>
      <translation>Nombre d’octets téléchargés</translation>
    </message>
    <message>
      <source>Number of files</source>
      <translation>Nombre de fichiers</translation>
    </message>
    <message>
      <source>Number of files fetched</source>
      <translation>Nombre de fichiers téléchargés</translation>
    </message>
    <message>
      <source>Number of keys</source>
      <translation>Nombre de clés</translation>
    </message>
    <message>
      <source>Number of permissions</source>
      <translation>Nombre de permissions</translation>
    </message>
    <message>
      <source>Number of places left</source>
      <translation>Nombre d’endroits laissés</translation>
    </message>
    <message>
      <source>Number of places mended</source>
      <translation>Nombre d’endroits réparés</translation>
    </message>
    <message>
      <source>Number of places that need a key</source>
      <translation>Nombre d’endroits qui ont besoin d’une clé</translation>
    </message>
    <message>
      <source>O&amp;ptions…</source>
      <translation>O&amp;ptions…</translation>
    </message>
    <message>
      <source>OA&amp;uth2 configuration to sign in with</source>
      <translation>Configuration &amp;OAuth2 utilisée pour la connexion</translation>
    </message>
    <message>
      <source>OAu&amp;th2</source>
      <translation>&amp;OAuth2</translation>
    </message>
    <message>
      <source>OAuth2 only</source>
      <translation>OAuth2 uniquement</translation>
    </message>
    <message>
      <source>OFFERINGS takes ids and layer names, separated by commas, or * for all that a key of the type may open. A BASIC key takes user name and password from CREDENTIALS, a Basic configuration of QGIS; without it, a strong password is generated and kept in QGIS. No secret is ever a parameter or a result. If a key of that name exists, nothing is created.</source>
      <translation>OFFERINGS accepte des identifiants et des noms de couches séparés par des virgules, ou * pour tout ce qu’une clé de ce type peut ouvrir. Une clé BASIC prend son nom d’utilisateur et son mot de passe dans CREDENTIALS, une configuration Basic de QGIS ; sans elle, un mot de passe fort est généré et conservé dans QGIS. Aucun secret n’est jamais un paramètre ni un résultat. Si une clé de ce nom existe, rien n’est créé.</translation>
    </message>
    <message>
      <source>OK is true when every service works. A service that does not work is not an error of the algorithm: the report and the log say what is wrong and what to do.</source>
      <translation>OK est vrai si tous les services fonctionnent. Un service qui ne fonctionne pas n’est pas une erreur de l’algorithme : le rapport et le journal disent ce qui ne va pas et que faire.</translation>
    </message>
    <message>
      <source>Of each zone and format only the last edition</source>
      <translation>De chaque zone et format, seulement la dernière édition</translation>
    </message>
    <message>
      <source>On &amp;the map</source>
      <translation>Sur &amp;la carte</translation>
    </message>
    <message>
      <source>On the command line:</source>
      <translation>En ligne de commande :</translation>
    </message>
    <message>
      <source>Once the layers use a configuration, the project names its id and holds no secret. Your colleague makes a configuration with the same id, holding their own key, and the project draws for both of you.</source>
      <translation>Quand les couches utilisent une configuration, le projet nomme son identifiant et ne contient aucun secret. Votre collègue crée une configuration de même identifiant avec sa propre clé, et le projet s’affiche chez vous deux.</translation>
    </message>
    <message>
      <source>Once you are signed in, the key that opens it shows here.</source>
      <translation>Connectez-vous pour voir laquelle de vos clés convient.</translation>
    </message>
    <message>
      <source>One more key is needed for a moment: your account must have room for it. If a step fails before QGIS uses the new key, the old one keeps working everywhere; if the change is interrupted later, run the algorithm again to finish it. A BASIC key gets a new user name too, since a name serves only once on the platform.</source>
      <translation>Il faut, un moment, une clé de plus : votre compte doit y avoir droit. Si une étape échoue avant que QGIS utilise la nouvelle clé, l’ancienne fonctionne partout comme avant ; si le changement est interrompu plus tard, relancez l’algorithme pour le terminer. Une clé BASIC reçoit aussi un nouveau nom d’utilisateur, car un nom ne sert qu’une fois sur la plateforme.</translation>
    </message>
    <message>
      <source>One of your keys has nearly the same name: “{name}”.</source>
      <translation>L’une de vos clés d’accès porte presque le même nom : « {name} ».</translation>
    </message>
    <message>
      <source>One of your keys is already called “{name}”.</source>
      <translation>L’une de vos clés d’accès s’appelle déjà « {name} ».</translation>
    </message>
    <message>
      <source>One range per line, for example:
192.0.2.0/24
2001:db8::/32</source>
      <translation>Une plage par ligne, par exemple :
192.0.2.0/24
2001:db8::/32</translation>
    </message>
    <message>
      <source>Only BASIC and HASH keys have a password or a secret that can be changed.</source>
      <translation>Seules les clés BASIC et HASH ont un mot de passe ou un secret qui peut être changé.</translation>
    </message>
    <message>
      <source>Only an OAuth2 key can open this service.</source>
      <translation>Seule une clé OAuth2 peut ouvrir ce service.</translation>
    </message>
    <message>
      <source>Only from these addresses</source>
      <translation>Seulement depuis ces adresses</translation>
    </message>
    <message>
      <source>Only from these addresses: {ranges}</source>
      <translation>Seulement depuis ces adresses : {ranges}</translation>
    </message>
    <message>
      <source>Only the key will be made. {reason}</source>
      <translation>Seule la clé sera créée. {reason}</translation>
    </message>
    <message>
      <source>Only these addresses</source>
      <translation>Seulement ces adresses</translation>
    </message>
    <message>
      <source>Only those with an end within so many days</source>
      <translation>Seulement celles qui expirent d’ici (jours)</translation>
    </message>
    <message>
      <source>Only what covers</source>
      <translation>Seulement ce qui couvre</translation>
    </message>
    <message>
      <source>Only what covers a part of what the map shows</source>
      <translation>Seulement ce qui couvre une partie de ce que montre la carte</translation>
    </message>
    <message>
      <source>Open in this QGIS: mended on the page before</source>
      <translation>Ouvert dans ce QGIS : à réparer sur la page précédente</translation>
    </message>
    <message>
      <source>Open its key “{name}”</source>
      <translation>Ouvrir sa clé « {name} »</translation>
    </message>
    <message>
      <source>Open on the web</source>
      <translation>Ouvrir sur le web</translation>
    </message>
    <message>
      <source>Open the &amp;folder</source>
      <translation>Ouvrir le do&amp;ssier</translation>
    </message>
    <message>
      <source>Open the &amp;key</source>
      <translation>Ouvrir &amp;la clé</translation>
    </message>
    <message>
      <source>Open the authentication configuration</source>
      <translation>Ouvrir la configuration d’authentification</translation>
    </message>
    <message>
      <source>Open the catalogue on the web</source>
      <translation>Ouvrir le catalogue sur le web</translation>
    </message>
    <message>
      <source>Open the key</source>
      <translation>Ouvrir la clé</translation>
    </message>
    <message>
      <source>Open the key “{name}”</source>
      <translation>Ouvrir la clé « {name} »</translation>
    </message>
    <message>
      <source>Open the key’s page and connect it to QGIS again.</source>
      <translation>Ouvrez la page de la clé et connectez-la de nouveau à QGIS.</translation>
    </message>
    <message>
      <source>Open the key’s page and connect it to QGIS again: its password is typed there.</source>
      <translation>Ouvrez la page de la clé et connectez-la de nouveau à QGIS : son mot de passe s’y saisit.</translation>
    </message>
    <message>
      <source>Open the page</source>
      <translation>Ouvrir la page</translation>
    </message>
    <message>
      <source>Open the page of the IGN</source>
      <translation>Ouvrir la page de l’IGN</translation>
    </message>
    <message>
      <source>Open through: {licence}</source>
      <translation>Ouvrir via : {licence}</translation>
    </message>
    <message>
      <source>Open to you, but none of your keys has it: create one.</source>
      <translation>Vous y avez droit, mais aucune de vos clés ne convient : créez-en une.</translation>
    </message>
    <message>
      <source>Opened by your key “{name}” with {services} more, which it gets first.</source>
      <translation>Votre clé « {name} » convient avec {services} de plus : l’ajout se fait d’abord.</translation>
    </message>
    <message>
      <source>Opened by your key “{name}”, of which QGIS does not have the password.</source>
      <translation>Votre clé « {name} » convient, mais QGIS n’a pas son mot de passe.</translation>
    </message>
    <message>
      <source>Opened by your key “{name}”, which is put into a configuration of the same id.</source>
      <translation>Votre clé « {name} » convient : elle est mise dans une configuration du même identifiant.</translation>
    </message>
    <message>
      <source>Opened by your key “{name}”.</source>
      <translation>Votre clé « {name} » convient.</translation>
    </message>
    <message>
      <source>Opening the services…</source>
      <translation>Ouverture des services…</translation>
    </message>
    <message>
      <source>Opening {layer}…</source>
      <translation>Ouverture de {layer}…</translation>
    </message>
    <message>
      <source>Opening…</source>
      <translation>Ouverture…</translation>
    </message>
    <message>
      <source>Optional filters</source>
      <translation>Filtres facultatifs</translation>
    </message>
    <message>
      <source>Optional filters (in use)</source>
      <translation>Filtres facultatifs (actifs)</translation>
    </message>
    <message>
      <source>Options that are greyed out are fixed by your administrator, in the file {file}.</source>
      <translation>Les options grisées sont fixées par votre administrateur, dans le fichier {file}.</translation>
    </message>
    <message>
      <source>Or ask the Géoplateforme for a higher number of keys.</source>
      <translation>Ou demandez à la Géoplateforme un plus grand nombre de clés.</translation>
    </message>
    <message>
      <source>Or carry the configuration in a file that only a password opens, and import it there in QGIS’s options, under Authentication, Utilities.</source>
      <translation>Ou emportez la configuration dans un fichier que seul un mot de passe ouvre, et importez-le là-bas dans les options de QGIS, sous Authentification, Utilitaires.</translation>
    </message>
    <message>
      <source>Order</source>
      <translation>Ordre</translation>
    </message>
    <message>
      <source>Other connections that carry the key: {names}</source>
      <translation>Autres connexions qui portent la clé : {names}</translation>
    </message>
    <message>
      <source>Other messages</source>
      <translation>Autres messages</translation>
    </message>
    <message>
      <source>Other place</source>
      <translation>Autre endroit</translation>
    </message>
    <message>
      <source>Other service</source>
      <translation>Autre service</translation>
    </message>
    <message>
      <source>Otherwise the next three ports are tried when it is in use. Tick this if the sign-in page speaks of an invalid redirect_uri.</source>
      <translation>Sinon, les trois ports suivants sont essayés quand il est occupé. Cochez cette case si la page de connexion parle d’un redirect_uri invalide.</translation>
    </message>
    <message>
      <source>Pa&amp;use</source>
      <translation>Pau&amp;se</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Pages</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Mot de passe</translation>
    </message>
    <message>
      <source>Password &amp;for the file, to be typed there again</source>
      <translation>Mot de passe du fic&amp;hier, à saisir là-bas aussi</translation>
    </message>
    <message>
      <source>Password o&amp;f the key</source>
      <translation>Mot de pa&amp;sse de la clé</translation>
    </message>
    <message>
      <source>Password of the key</source>
      <translation>Mot de passe de la clé</translation>
    </message>
    <message>
      <source>Paste the client secret here, once.</source>
      <translation>Collez ici le secret du client, une seule fois.</translation>
    </message>
    <message>
      <source>Paused. What has arrived is kept, also when QGIS is closed.</source>
      <translation>En pause. Ce qui est arrivé est gardé, même si QGIS est fermé.</translation>
    </message>
    <message>
      <source>Period</source>
      <translation>Période</translation>
    </message>
    <message>
      <source>Permission that opens &amp;this service</source>
      <translation>Permission utilisée pour ouvrir &amp;le service</translation>
    </message>
    <message>
      <source>Permission without a name</source>
      <translation>Permission sans nom</translation>
    </message>
    <message>
      <source>Permission “{licence}” on the Géoplateforme</source>
      <translation>Permission « {licence} » sur la Géoplateforme</translation>
    </message>
    <message>
      <source>Permissions</source>
      <translation>Permissions</translation>
    </message>
    <message>
      <source>Permissions shown</source>
      <translation>Permissions affichées</translation>
    </message>
    <message>
      <source>Personal</source>
      <translation>Personnelle</translation>
    </message>
    <message>
      <source>Places left: {count}; the list says why.</source>
      <translation>Endroits laissés : {count} ; la liste dit pourquoi.</translation>
    </message>
    <message>
      <source>Places mended in {file}: {count}</source>
      <translation>Endroits réparés dans {file} : {count}</translation>
    </message>
    <message>
      <source>Places mended: {count}, in files: {files}.</source>
      <translation>Endroits réparés : {count}, fichiers modifiés : {files}.</translation>
    </message>
    <message>
      <source>Places of the copy that still name the old key: {count}. Check them in the copy (labels, scripts, other services).</source>
      <translation>Endroits de la copie qui nomment encore l’ancienne clé : {count}. Vérifiez-les dans la copie (étiquettes, scripts, autres services).</translation>
    </message>
    <message>
      <source>Places that need a key: {places}, in files: {files}.</source>
      <translation>Endroits qui ont besoin d’une clé : {places}, fichiers : {files}.</translation>
    </message>
    <message>
      <source>Platform</source>
      <translation>Plateforme</translation>
    </message>
    <message>
      <source>Platform: {label}</source>
      <translation>Plateforme : {label}</translation>
    </message>
    <message>
      <source>Please report this to the plugin's authors.</source>
      <translation>Veuillez le signaler aux auteurs de l’extension.</translation>
    </message>
    <message>
      <source>Pr&amp;ivate services to open</source>
      <translation>Services privés à &amp;ouvrir</translation>
    </message>
    <message>
      <source>Private services</source>
      <translation>Services privés</translation>
    </message>
    <message>
      <source>Producer: {names}</source>
      <translation>Producteur : {names}</translation>
    </message>
    <message>
      <source>Progress of the download</source>
      <translation>Avancement du téléchargement</translation>
    </message>
    <message>
      <source>Projects</source>
      <translation>Projets</translation>
    </message>
    <message>
      <source>Projects in a folder</source>
      <translation>Projets d’un dossier</translation>
    </message>
    <message>
      <source>Projects, backups, layer definitions, layout templates and exported connections are looked through, on this computer only. Nothing is changed before you say so.</source>
      <translation>Projets, sauvegardes, définitions de couches, modèles de mise en page et connexions exportées sont examinés, sur cet ordinateur seulement. Rien n’est modifié sans votre accord.</translation>
    </message>
    <message>
      <source>Property</source>
      <translation>Propriété</translation>
    </message>
    <message>
      <source>Put it back</source>
      <translation>La rétablir</translation>
    </message>
    <message>
      <source>Put the secret &amp;back</source>
      <translation>Remettre le &amp;secret</translation>
    </message>
    <message>
      <source>Putting back {number} of {total}…</source>
      <translation>Remise en état {number} sur {total}…</translation>
    </message>
    <message>
      <source>Putting files back</source>
      <translation>Remise des fichiers dans leur état d’avant</translation>
    </message>
    <message>
      <source>QField, Mergin Maps</source>
      <translation>QField, Mergin Maps</translation>
    </message>
    <message>
      <source>QGIS Server and Lizmap have none of your configurations: the hash must stand in the URLs. Give the server a HASH key of its own, with the same services: only the server’s addresses may use it, and it can be deleted without touching yours.</source>
      <translation>QGIS Server et Lizmap n’ont aucune de vos configurations : la chaîne de hachage doit se trouver dans les URL. Donnez au serveur une clé HASH à lui, avec les mêmes services : seules les adresses du serveur peuvent l’utiliser, et on peut la supprimer sans toucher à la vôtre.</translation>
    </message>
    <message>
      <source>QGIS Server, Lizmap</source>
      <translation>QGIS Server, Lizmap</translation>
    </message>
    <message>
      <source>QGIS authentication configurations (*.xml)</source>
      <translation>Configurations d’authentification de QGIS (*.xml)</translation>
    </message>
    <message>
      <source>QGIS can draw nothing of it</source>
      <translation>QGIS ne peut rien en dessiner</translation>
    </message>
    <message>
      <source>QGIS cannot keep your session: its folder for sessions (oauth2-cache) cannot be written.</source>
      <translation>QGIS ne peut pas conserver votre session : son dossier des sessions (oauth2-cache) n’est pas accessible en écriture.</translation>
    </message>
    <message>
      <source>QGIS cannot open “{name}”.</source>
      <translation>QGIS n’arrive pas à ouvrir « {name} ».</translation>
    </message>
    <message>
      <source>QGIS cannot use a key of this type. It can be changed and deleted.</source>
      <translation>QGIS ne peut pas utiliser une clé de ce type. Elle peut être modifiée et supprimée.</translation>
    </message>
    <message>
      <source>QGIS cannot use a key of this type: “{name}”.</source>
      <translation>QGIS ne peut pas utiliser une clé de ce type : « {name} ».</translation>
    </message>
    <message>
      <source>QGIS cannot write to {place}. Nothing was changed.</source>
      <translation>QGIS ne peut pas écrire dans {place}. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>QGIS could not be brought up to date: {reason}</source>
      <translation>QGIS n’a pas pu être mis à jour : {reason}</translation>
    </message>
    <message>
      <source>QGIS could not change the authentication configuration “{name}”.</source>
      <translation>QGIS n’a pas pu modifier la configuration d’authentification « {name} ».</translation>
    </message>
    <message>
      <source>QGIS could not remove an authentication configuration.</source>
      <translation>QGIS n’a pas pu supprimer une configuration d’authentification.</translation>
    </message>
    <message>
      <source>QGIS could not save its settings: its connections will be as before when it is started again.</source>
      <translation>QGIS n’a pas pu enregistrer ses paramètres : ses connexions seront comme avant à son prochain démarrage.</translation>
    </message>
    <message>
      <source>QGIS could not save “{file}” in its profile.</source>
      <translation>QGIS n’a pas pu enregistrer « {file} » dans son profil.</translation>
    </message>
    <message>
      <source>QGIS could not save “{file}”: another QGIS is writing to it.</source>
      <translation>QGIS n’a pas pu enregistrer « {file} » : un autre QGIS est en train d’y écrire.</translation>
    </message>
    <message>
      <source>QGIS could not store the authentication configuration “{name}”.</source>
      <translation>QGIS n’a pas pu enregistrer la configuration d’authentification « {name} ».</translation>
    </message>
    <message>
      <source>QGIS did not keep the connection “{name}”.</source>
      <translation>QGIS n’a pas conservé la connexion « {name} ».</translation>
    </message>
    <message>
      <source>QGIS does not know the password of “{name}”, and the Géoplateforme does not give it.</source>
      <translation>QGIS ne connaît pas le mot de passe de « {name} », et la Géoplateforme ne le donne pas.</translation>
    </message>
    <message>
      <source>QGIS does not know the password of “{name}”.</source>
      <translation>QGIS ne connaît pas le mot de passe de « {name} ».</translation>
    </message>
    <message>
      <source>QGIS does not know the password of “{name}”: connect the key first</source>
      <translation>QGIS ne connaît pas le mot de passe de « {name} » : connectez d’abord la clé</translation>
    </message>
    <message>
      <source>QGIS does not open it with this key</source>
      <translation>QGIS ne l’ouvre pas avec cette clé</translation>
    </message>
    <message>
      <source>QGIS gets the connections of the key; you can then add its layers to the map.</source>
      <translation>QGIS reçoit les connexions de la clé ; vous pouvez ensuite ajouter ses couches à la carte.</translation>
    </message>
    <message>
      <source>QGIS is closing.</source>
      <translation>QGIS se ferme.</translation>
    </message>
    <message>
      <source>QGIS keeps both, encrypted, in its authentication database. The user name must be unique.</source>
      <translation>QGIS conserve les deux, chiffrés, dans sa base d’authentification. Le nom d’utilisateur doit être unique sur toute la Géoplateforme.</translation>
    </message>
    <message>
      <source>QGIS lost the authentication of these connections when your profile was upgraded: {names}.</source>
      <translation>QGIS a perdu l’authentification de ces connexions lors de la mise à niveau de votre profil : {names}.</translation>
    </message>
    <message>
      <source>QGIS now uses the new secret of “{name}”.</source>
      <translation>QGIS utilise maintenant le nouveau secret de « {name} ».</translation>
    </message>
    <message>
      <source>QGIS now uses the new user name and password of “{name}”.</source>
      <translation>QGIS utilise maintenant le nouveau nom d’utilisateur et le nouveau mot de passe de « {name} ».</translation>
    </message>
    <message>
      <source>QGIS sends no Referer: with this filter the key will not work in QGIS. Use it only for a key meant for a web site.</source>
      <translation>QGIS n’envoie pas d’en-tête Referer : avec ce filtre, la clé ne fonctionnera pas dans QGIS. Réservez-le à une clé destinée à un site web.</translation>
    </message>
    <message>
      <source>QGIS uses the old key again, and the new one is deleted.</source>
      <translation>QGIS utilise de nouveau l’ancienne clé, et la nouvelle est supprimée.</translation>
    </message>
    <message>
      <source>QGIS uses the old key; the new one is not deleted yet: undo the change again.</source>
      <translation>QGIS utilise l’ancienne clé ; la nouvelle n’est pas encore supprimée : annulez de nouveau le changement.</translation>
    </message>
    <message>
      <source>QGIS will ask for your master password.</source>
      <translation>QGIS vous demandera votre mot de passe principal.</translation>
    </message>
    <message>
      <source>QGIS will first ask you to choose a master password: it protects everything QGIS keeps for you. Remember it well, nobody can recover it.</source>
      <translation>QGIS vous demandera d’abord de choisir un mot de passe principal : il protège tout ce que QGIS conserve pour vous. Retenez-le bien, personne ne peut le retrouver.</translation>
    </message>
    <message>
      <source>QGIS will use the sign-in of this panel: there is nothing to type.</source>
      <translation>QGIS utilisera la connexion de ce panneau : il n’y a rien à saisir.</translation>
    </message>
    <message>
      <source>QGIS's authentication database is disabled on this computer: no secret can be kept.</source>
      <translation>La base d’authentification de QGIS est désactivée sur cet ordinateur : aucun secret ne peut y être conservé.</translation>
    </message>
    <message>
      <source>QGIS's authentication database is disabled on this computer: no secret can be kept. QGIS says: {reason}</source>
      <translation>La base d’authentification de QGIS est désactivée sur cet ordinateur : aucun secret ne peut y être conservé. QGIS dit : {reason}</translation>
    </message>
    <message>
      <source>QGIS's authentication database is locked.</source>
      <translation>La base d’authentification de QGIS est verrouillée.</translation>
    </message>
    <message>
      <source>QGIS's authentication database {file} cannot be written to: {reason}. Nothing was changed.</source>
      <translation>QGIS ne peut pas écrire dans sa base d’authentification {file} : {reason}. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>QGIS’s settings cannot be written: {reason}.</source>
      <translation>Les paramètres de QGIS ne peuvent pas être écrits : {reason}.</translation>
    </message>
    <message>
      <source>Re&amp;ferer contains</source>
      <translation>Le Re&amp;ferer contient</translation>
    </message>
    <message>
      <source>Re&amp;fresh</source>
      <translation>Actuali&amp;ser</translation>
    </message>
    <message>
      <source>Read on</source>
      <translation>Lire la suite</translation>
    </message>
    <message>
      <source>Read the list again</source>
      <translation>Relire la liste</translation>
    </message>
    <message>
      <source>Reading an access key</source>
      <translation>Lecture d’une clé d’accès</translation>
    </message>
    <message>
      <source>Reading how much that is…</source>
      <translation>Lecture du volume…</translation>
    </message>
    <message>
      <source>Reading the access keys</source>
      <translation>Lecture des clés d’accès</translation>
    </message>
    <message>
      <source>Reading the files of editions</source>
      <translation>Lecture des fichiers des éditions</translation>
    </message>
    <message>
      <source>Reading the key's services…</source>
      <translation>Lecture des services de la clé…</translation>
    </message>
    <message>
      <source>Reading the keys…</source>
      <translation>Lecture des clés…</translation>
    </message>
    <message>
      <source>Reading the key’s services…</source>
      <translation>Lecture des services de la clé…</translation>
    </message>
    <message>
      <source>Reading the key…</source>
      <translation>Lecture de la clé…</translation>
    </message>
    <message>
      <source>Reading the project…</source>
      <translation>Lecture du projet…</translation>
    </message>
    <message>
      <source>Reading what can be downloaded</source>
      <translation>Lecture de ce qui peut être téléchargé</translation>
    </message>
    <message>
      <source>Reading what is left of the creation…</source>
      <translation>Lecture de ce qui reste de la création…</translation>
    </message>
    <message>
      <source>Reading what the access keys open</source>
      <translation>Lecture de ce qu’ouvrent les clés d’accès</translation>
    </message>
    <message>
      <source>Reading what your keys open…</source>
      <translation>Lecture de ce que vos clés ouvrent…</translation>
    </message>
    <message>
      <source>Reading what “{name}” has to download…</source>
      <translation>Lecture de ce que « {name} » donne à télécharger…</translation>
    </message>
    <message>
      <source>Reading when the access keys were last used</source>
      <translation>Lecture de la dernière utilisation des clés d’accès</translation>
    </message>
    <message>
      <source>Reading your account, permissions and keys…</source>
      <translation>Lecture de votre compte, de vos permissions et de vos clés…</translation>
    </message>
    <message>
      <source>Reading your services</source>
      <translation>Lecture de vos services</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Lecture…</translation>
    </message>
    <message>
      <source>Ready in: {folder}</source>
      <translation>Prêt dans : {folder}</translation>
    </message>
    <message>
      <source>Recommended for QGIS. You define a user name and a password: particularly suited to use in a GIS.</source>
      <translation>Recommandé pour QGIS. Vous définissez un nom d’utilisateur et un mot de passe : particulièrement adapté à un usage dans un SIG.</translation>
    </message>
    <message>
      <source>Reconnect to &amp;QGIS</source>
      <translation>Reconnecter à &amp;QGIS</translation>
    </message>
    <message>
      <source>Referer: {filter}</source>
      <translation>Referer : {filter}</translation>
    </message>
    <message>
      <source>Refresh the list and try again. If it is refused again, delete the key on the Géoplateforme’s website: “Open on the web” in its menu leads there.</source>
      <translation>Actualisez la liste, puis réessayez. Si c’est encore refusé, supprimez la clé sur le site de la Géoplateforme : « Ouvrir sur le web », dans son menu, y mène.</translation>
    </message>
    <message>
      <source>Refresh the list in a few minutes, and try again if it is still so.</source>
      <translation>Actualisez la liste dans quelques minutes, et réessayez si rien n’a changé.</translation>
    </message>
    <message>
      <source>Refresh the list of keys</source>
      <translation>Actualiser la liste des clés</translation>
    </message>
    <message>
      <source>Refresh the list of services</source>
      <translation>Actualiser la liste des services</translation>
    </message>
    <message>
      <source>Refresh the list, then change the name or the user name.</source>
      <translation>Actualisez la liste, puis modifiez le nom de la clé ou le nom d’utilisateur.</translation>
    </message>
    <message>
      <source>Refresh the list.</source>
      <translation>Actualisez la liste.</translation>
    </message>
    <message>
      <source>Relation</source>
      <translation>Relation</translation>
    </message>
    <message>
      <source>Remove &amp;from QGIS too</source>
      <translation>Retirer aussi de &amp;QGIS</translation>
    </message>
    <message>
      <source>Remove from the key…</source>
      <translation>Retirer de la clé…</translation>
    </message>
    <message>
      <source>Remove its la&amp;yers too</source>
      <translation>Retirer aussi ses couc&amp;hes</translation>
    </message>
    <message>
      <source>Remove the service from the key and save, then add it through the other permission.</source>
      <translation>Retirez le service de la clé et enregistrez, puis ajoutez-le par l’autre permission.</translation>
    </message>
    <message>
      <source>Remove them if you do not trust them, or give the other layers a key of yours instead.</source>
      <translation>Retirez-les si elles vous semblent suspectes, ou donnez plutôt une de vos clés aux autres couches.</translation>
    </message>
    <message>
      <source>Removed from the open project: {names}. Save it to keep that.</source>
      <translation>Retirées du projet ouvert : {names}. Enregistrez le projet pour que cela reste.</translation>
    </message>
    <message>
      <source>Repair</source>
      <translation>Réparer</translation>
    </message>
    <message>
      <source>Replaces in files what does not open their layers by an access key that does, and not a byte else. Of each file that changes, a copy ending in .before-gpkeys is kept.</source>
      <translation>Remplace dans des fichiers ce qui n’ouvre pas leurs couches par une clé d’accès qui les ouvre, sans toucher un autre octet. De chaque fichier modifié, une copie en .before-gpkeys est conservée.</translation>
    </message>
    <message>
      <source>Replacing an access key by its new one</source>
      <translation>Remplacement d’une clé d’accès par la nouvelle</translation>
    </message>
    <message>
      <source>Report</source>
      <translation>Rapport</translation>
    </message>
    <message>
      <source>Requests</source>
      <translation>Requêtes</translation>
    </message>
    <message>
      <source>Resource: {name}</source>
      <translation>Ressource : {name}</translation>
    </message>
    <message>
      <source>Resources, separated by commas (by default all of the key)</source>
      <translation>Ressources, séparées par des virgules (par défaut toutes celles de la clé)</translation>
    </message>
    <message>
      <source>Restart QGIS. If that does not help, ask the person who looks after QGIS on this computer.</source>
      <translation>Redémarrez QGIS. Si cela persiste, adressez-vous à la personne qui s’occupe de QGIS sur cet ordinateur.</translation>
    </message>
    <message>
      <source>Resuming your session…</source>
      <translation>Reprise de votre session…</translation>
    </message>
    <message>
      <source>Returns the requests and bytes that an access key consumed in a period, as a table in order of time; without a key, those of your account.</source>
      <translation>Donne les requêtes et les octets consommés par une clé d’accès sur une période, dans une table par ordre chronologique ; sans clé, ceux de votre compte.</translation>
    </message>
    <message>
      <source>Reverse the order</source>
      <translation>Inverser l’ordre</translation>
    </message>
    <message>
      <source>Routes</source>
      <translation>Itinéraires</translation>
    </message>
    <message>
      <source>Routes and isochrones</source>
      <translation>Itinéraires et isochrones</translation>
    </message>
    <message>
      <source>Run again, it goes on with what was cut off, and fetches only what is missing or has changed; OVERWRITE fetches everything anew. A file gets its name once its size and checksum are right. It fails, after having fetched the others, when a file cannot be had; the report says which.</source>
      <translation>Relancé, il reprend ce qui a été interrompu, et ne télécharge que ce qui manque ou a changé ; OVERWRITE retélécharge tout. Un fichier ne prend son nom qu’une fois sa taille et sa somme vérifiées. Il échoue, après avoir téléchargé les autres, quand un fichier ne peut être obtenu ; le rapport dit lequel.</translation>
    </message>
    <message>
      <source>Run it again, or end it in the “Géoplateforme access keys” panel.</source>
      <translation>Relancez le traitement, ou terminez dans le panneau « Clés d’accès Géoplateforme ».</translation>
    </message>
    <message>
      <source>Run “List access keys” to see them.</source>
      <translation>Lancez « Lister les clés d’accès » pour les voir.</translation>
    </message>
    <message>
      <source>S&amp;ave the changes</source>
      <translation>E&amp;nregistrer</translation>
    </message>
    <message>
      <source>S&amp;ave the report…</source>
      <translation>Enregistrer le rapport…</translation>
    </message>
    <message>
      <source>S&amp;hare a project</source>
      <translation>&amp;Partager un projet</translation>
    </message>
    <message>
      <source>S&amp;ign in</source>
      <translation>&amp;Se connecter</translation>
    </message>
    <message>
      <source>S&amp;top the test</source>
      <translation>Arrêter &amp;le test</translation>
    </message>
    <message>
      <source>Save the report</source>
      <translation>Enregistrer le rapport</translation>
    </message>
    <message>
      <source>Search</source>
      <translation>Rechercher</translation>
    </message>
    <message>
      <source>Search a key or a layer</source>
      <translation>Rechercher une clé ou une couche</translation>
    </message>
    <message>
      <source>Search a service or a licence</source>
      <translation>Rechercher un service ou une licence</translation>
    </message>
    <message>
      <source>Search a zone, a date, a name</source>
      <translation>Rechercher une zone, une date, un nom</translation>
    </message>
    <message>
      <source>Search key, layer</source>
      <translation>Rechercher clé, couche</translation>
    </message>
    <message>
      <source>Search service</source>
      <translation>Recherche</translation>
    </message>
    <message>
      <source>Searching titles of services</source>
      <translation>Recherche des titres des services</translation>
    </message>
    <message>
      <source>See the permission…</source>
      <translation>Voir la permission…</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Service</translation>
    </message>
    <message>
      <source>Service: {url}</source>
      <translation>Service : {url}</translation>
    </message>
    <message>
      <source>Services</source>
      <translation>Services</translation>
    </message>
    <message>
      <source>Services (ids or layer names, * for all)</source>
      <translation>Services (noms de couches, * pour tous)</translation>
    </message>
    <message>
      <source>Services of “{licence}” can only be opened with an OAuth2 key.</source>
      <translation>Les services de « {licence} » ne sont accessibles qu’avec une clé OAuth2.</translation>
    </message>
    <message>
      <source>Services opened to the key “{name}”: {count}.</source>
      <translation>Services ouverts à la clé « {name} » : {count}.</translation>
    </message>
    <message>
      <source>Services that are not opened again, since their permission has ended: {count}.</source>
      <translation>Services qui ne sont pas rouverts, car leur permission a pris fin : {count}.</translation>
    </message>
    <message>
      <source>Services that need no permission</source>
      <translation>Services sans permission</translation>
    </message>
    <message>
      <source>Services that work: {good} of {count}.</source>
      <translation>Services qui fonctionnent : {good} sur {count}.</translation>
    </message>
    <message>
      <source>Services to add (ids or layer names, * for all)</source>
      <translation>Services à ajouter (noms de couches, * pour tous)</translation>
    </message>
    <message>
      <source>Services to remove (ids or layer names)</source>
      <translation>Services à retirer (noms de couches)</translation>
    </message>
    <message>
      <source>Services without a QGIS connection</source>
      <translation>Services sans connexion QGIS</translation>
    </message>
    <message>
      <source>Several of your permissions open it. Select it, and choose below the list through which one.</source>
      <translation>Plusieurs de vos permissions l’ouvrent. Sélectionnez-le, et choisissez sous la liste par laquelle.</translation>
    </message>
    <message>
      <source>Share a project</source>
      <translation>Parta&amp;ger un projet</translation>
    </message>
    <message>
      <source>Share a project that uses this key</source>
      <translation>Partager un projet qui utilise cette clé</translation>
    </message>
    <message>
      <source>Share a project that uses “{name}”</source>
      <translation>Partager un projet qui utilise « {name} »</translation>
    </message>
    <message>
      <source>Shared key of {what}, ended on {date}</source>
      <translation>Clé partagée de {what}, arrêtée le {date}</translation>
    </message>
    <message>
      <source>Shared key that has ended</source>
      <translation>Clé partagée qui a été arrêtée</translation>
    </message>
    <message>
      <source>Shared key, ended on {date}</source>
      <translation>Clé partagée, arrêtée le {date}</translation>
    </message>
    <message>
      <source>Share…</source>
      <translation>Partager…</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Afficher</translation>
    </message>
    <message>
      <source>Show as a table</source>
      <translation>Afficher en tableau</translation>
    </message>
    <message>
      <source>Show in the Browser panel</source>
      <translation>Afficher dans l’explorateur</translation>
    </message>
    <message>
      <source>Show on the web</source>
      <translation>Afficher sur le site web</translation>
    </message>
    <message>
      <source>Show the download</source>
      <translation>Voir le téléchargement</translation>
    </message>
    <message>
      <source>Show the password</source>
      <translation>Afficher le mot de passe</translation>
    </message>
    <message>
      <source>Show them one by one</source>
      <translation>Les montrer une à une</translation>
    </message>
    <message>
      <source>Show them together</source>
      <translation>Les montrer ensemble</translation>
    </message>
    <message>
      <source>Shows first what will stop working, then asks.</source>
      <translation>Montre d’abord ce qui cessera de fonctionner, puis demande.</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>Se reconnecter</translation>
    </message>
    <message>
      <source>Sign in again first.</source>
      <translation>Reconnectez-vous d’abord.</translation>
    </message>
    <message>
      <source>Sign in again, and finish it on the page that opens in the browser. If that page speaks of an invalid redirect_uri, choose “Use this port only” with port 7070 in the plugin's options.</source>
      <translation>Reconnectez-vous, et terminez sur la page qui s’ouvre dans le navigateur. Si cette page parle d’un redirect_uri invalide, choisissez « N’utiliser que ce port » avec le port 7070 dans les options de l’extension.</translation>
    </message>
    <message>
      <source>Sign in again, and look at your keys before trying again.</source>
      <translation>Connectez-vous de nouveau, et regardez vos clés d’accès avant de réessayer.</translation>
    </message>
    <message>
      <source>Sign in again. If it is refused again, ask the support of the Géoplateforme.</source>
      <translation>Reconnectez-vous. En cas de nouveau refus, contactez l’assistance de la Géoplateforme.</translation>
    </message>
    <message>
      <source>Sign in again. If it keeps failing, check the client identifier and secret in the options.</source>
      <translation>Connectez-vous de nouveau. Si l’échec persiste, vérifiez l’identifiant et le secret du client dans les options.</translation>
    </message>
    <message>
      <source>Sign in again; nothing you typed is lost.</source>
      <translation>Connectez-vous de nouveau : votre saisie est conservée.</translation>
    </message>
    <message>
      <source>Sign in and look through again to see which key opens them.</source>
      <translation>Connectez-vous et examinez à nouveau pour voir quelle clé les ouvre.</translation>
    </message>
    <message>
      <source>Sign in first, then save the project again.</source>
      <translation>Connectez-vous d’abord, puis enregistrez à nouveau le projet.</translation>
    </message>
    <message>
      <source>Sign in on the page that has opened in your browser, then come back here. Nothing opened? Cancel, and sign in again to open the browser again.</source>
      <translation>Connectez-vous sur la page ouverte dans votre navigateur, puis revenez ici. Rien ne s’est ouvert ? Annulez, puis reconnectez-vous pour rouvrir le navigateur.</translation>
    </message>
    <message>
      <source>Sign in once in the “Géoplateforme access keys” panel of this profile, the session is kept; or give AUTHCFG an OAuth2 configuration that needs no browser (grant flow “Resource owner”).</source>
      <translation>Connectez-vous une fois dans le panneau « Clés d’accès Géoplateforme » de ce profil, la session est conservée ; ou donnez à AUTHCFG une configuration OAuth2 qui n’a pas besoin de navigateur (flux « Resource owner »).</translation>
    </message>
    <message>
      <source>Sign in to see which key opens it.</source>
      <translation>Connectez-vous pour voir quelle clé l’ouvre.</translation>
    </message>
    <message>
      <source>Sign in, in the panel, then refresh this entry.</source>
      <translation>Connectez-vous, dans le panneau, puis actualisez cette entrée.</translation>
    </message>
    <message>
      <source>Sign in; nothing you typed is lost.</source>
      <translation>Connectez-vous : votre saisie est conservée.</translation>
    </message>
    <message>
      <source>Sign-&amp;in address (OpenID realm)</source>
      <translation>Adresse de &amp;connexion (domaine OpenID)</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Connexion</translation>
    </message>
    <message>
      <source>Sign-in (by default that of the panel)</source>
      <translation>Connexion (par défaut celle du panneau)</translation>
    </message>
    <message>
      <source>Sign-in options</source>
      <translation>Options de connexion</translation>
    </message>
    <message>
      <source>Signing in to the Géoplateforme</source>
      <translation>Connexion à la Géoplateforme</translation>
    </message>
    <message>
      <source>Some characters of the password have a meaning in URLs: some software may not send them unchanged.</source>
      <translation>Certains caractères du mot de passe ont une signification dans les URL : des logiciels pourraient ne pas les transmettre tels quels.</translation>
    </message>
    <message>
      <source>Some of the new services may still be open to the key; all that it had is still there.</source>
      <translation>Une partie des nouveaux services est peut-être encore ouverte à la clé ; tout ce qu’elle avait est encore là.</translation>
    </message>
    <message>
      <source>Some software cannot send these characters of the user name: {characters}</source>
      <translation>Certains logiciels ne savent pas transmettre ces caractères du nom d’utilisateur : {characters}</translation>
    </message>
    <message>
      <source>Something is still being done with this account. Wait for its end; if you go on now, it is stopped and taken back.</source>
      <translation>Une opération est en cours avec ce compte. Attendez qu’elle se termine ; si vous continuez, elle est arrêtée et défaite.</translation>
    </message>
    <message>
      <source>Soonest end first</source>
      <translation>D’abord celles qui finissent le plus tôt</translation>
    </message>
    <message>
      <source>Sort by end date</source>
      <translation>Tri par date de fin</translation>
    </message>
    <message>
      <source>Sort by last use</source>
      <translation>Tri par usage</translation>
    </message>
    <message>
      <source>Sort by name</source>
      <translation>Tri par nom</translation>
    </message>
    <message>
      <source>Sort by type</source>
      <translation>Tri par type</translation>
    </message>
    <message>
      <source>Step {number} of {total}</source>
      <translation>Étape {number} sur {total}</translation>
    </message>
    <message>
      <source>Stop</source>
      <translation>Arrêter</translation>
    </message>
    <message>
      <source>Stop reading</source>
      <translation>Arrêter la lecture</translation>
    </message>
    <message>
      <source>Stop refreshing</source>
      <translation>Arrêter l’actualisation</translation>
    </message>
    <message>
      <source>Stopped.</source>
      <translation>Arrêté.</translation>
    </message>
    <message>
      <source>Stopped. Nothing was changed.</source>
      <translation>Arrêté. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>Stopping…</source>
      <translation>Arrêt en cours…</translation>
    </message>
    <message>
      <source>Strong</source>
      <translation>Fort</translation>
    </message>
    <message>
      <source>Symbol</source>
      <translation>Symbole</translation>
    </message>
    <message>
      <source>Taking the secret out of the project</source>
      <translation>Retrait du secret du projet</translation>
    </message>
    <message>
      <source>Tell o&amp;nce when others need a key for a saved project</source>
      <translation>Signa&amp;ler, une seule fois, qu’un projet enregistré demandera une clé à qui l’ouvre ailleurs</translation>
    </message>
    <message>
      <source>Tell when a saved project &amp;holds a hash</source>
      <translation>Prévenir quand un projet enregistré contient une c&amp;haîne de hachage</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>Tester</translation>
    </message>
    <message>
      <source>Test a&amp;gain</source>
      <translation>Tester à &amp;nouveau</translation>
    </message>
    <message>
      <source>Test an access key</source>
      <translation>Tester une clé d’accès</translation>
    </message>
    <message>
      <source>Test of the key “{name}”</source>
      <translation>Test de la clé « {name} »</translation>
    </message>
    <message>
      <source>Test the key: its secret may have been changed, or a filter keeps this computer out.</source>
      <translation>Testez la clé : son secret a pu être changé, ou un filtre écarte cet ordinateur.</translation>
    </message>
    <message>
      <source>Test the layer</source>
      <translation>Tester la couche</translation>
    </message>
    <message>
      <source>Testing an access key</source>
      <translation>Test d’une clé d’accès</translation>
    </message>
    <message>
      <source>Testing layers of the Géoplateforme</source>
      <translation>Test de couches de la Géoplateforme</translation>
    </message>
    <message>
      <source>Testing the new key…</source>
      <translation>Test de la nouvelle clé…</translation>
    </message>
    <message>
      <source>Testing {layer}…</source>
      <translation>Test de {layer}…</translation>
    </message>
    <message>
      <source>Tests each service of an access key, with what QGIS holds for it, and says what came of it: works, key refused, filter, nothing granted, not served yet, answer of something else, limit reached, out of order, certificate or proxy trouble.</source>
      <translation>Teste chaque service d’une clé d’accès, avec ce que QGIS en détient, et dit ce qu’il en est : fonctionne, clé refusée, filtre, rien d’ouvert, pas encore diffusé, réponse étrangère au service, limite atteinte, hors service, problème de certificat ou de proxy.</translation>
    </message>
    <message>
      <source>Text that the Referer must contain</source>
      <translation>Texte que le Referer doit contenir</translation>
    </message>
    <message>
      <source>Text that the User-Agent must contain</source>
      <translation>Texte que le User-Agent doit contenir</translation>
    </message>
    <message>
      <source>That layer is no longer in QGIS.</source>
      <translation>Cette couche n’est plus dans QGIS.</translation>
    </message>
    <message>
      <source>The Géoplateforme asks to wait: next attempt in {seconds} s…</source>
      <translation>La Géoplateforme demande d’attendre : nouvel essai dans {seconds} s…</translation>
    </message>
    <message>
      <source>The Géoplateforme cannot give it again. It is checked with the services before QGIS keeps it, encrypted.</source>
      <translation>La Géoplateforme ne peut pas le redonner. Il est vérifié auprès des services avant que QGIS le garde, chiffré.</translation>
    </message>
    <message>
      <source>The Géoplateforme confirmed the change, but it could not be read back: {reason}</source>
      <translation>La Géoplateforme a confirmé la modification, mais celle-ci n’a pas pu être relue : {reason}</translation>
    </message>
    <message>
      <source>The Géoplateforme confirmed the change, but nothing of it is to be seen.</source>
      <translation>La Géoplateforme a confirmé la modification, mais il n’en paraît rien.</translation>
    </message>
    <message>
      <source>The Géoplateforme did not accept what was sent.</source>
      <translation>La Géoplateforme n’a pas accepté les informations transmises.</translation>
    </message>
    <message>
      <source>The Géoplateforme did not accept what was sent. It says: {details}</source>
      <translation>La Géoplateforme n’a pas accepté les informations transmises. Sa réponse : {details}</translation>
    </message>
    <message>
      <source>The Géoplateforme did not answer in time.</source>
      <translation>La Géoplateforme n’a pas répondu dans le délai imparti.</translation>
    </message>
    <message>
      <source>The Géoplateforme did not confirm, and could not be asked whether the change was made.</source>
      <translation>La Géoplateforme n’a pas confirmé la modification et il n’a pas été possible de vérifier si elle a été effectuée.</translation>
    </message>
    <message>
      <source>The Géoplateforme did not give the hash of the key.</source>
      <translation>La Géoplateforme n’a pas fourni la chaîne de hachage de la clé.</translation>
    </message>
    <message>
      <source>The Géoplateforme does not find what was asked for.</source>
      <translation>La Géoplateforme ne trouve pas l’élément demandé.</translation>
    </message>
    <message>
      <source>The Géoplateforme does not say where the key “{name}” opens it.</source>
      <translation>La Géoplateforme ne dit pas où la clé « {name} » l’ouvre.</translation>
    </message>
    <message>
      <source>The Géoplateforme does not tell where these services are, so QGIS has no connection to them: {names}. Connect the key again later.</source>
      <translation>La Géoplateforme n’indique pas où se trouvent ces services, QGIS n’a donc pas de connexion vers eux : {names}. Connectez la clé de nouveau plus tard.</translation>
    </message>
    <message>
      <source>The Géoplateforme has taken the change of the key “{name}”, but not made it.</source>
      <translation>La Géoplateforme a accepté la modification de la clé « {name} », mais ne l’a pas faite.</translation>
    </message>
    <message>
      <source>The Géoplateforme is having a problem and could not answer.</source>
      <translation>La Géoplateforme rencontre un problème et n’a pas pu répondre.</translation>
    </message>
    <message>
      <source>The Géoplateforme is receiving too many requests from your network.</source>
      <translation>La Géoplateforme reçoit trop de requêtes depuis votre réseau.</translation>
    </message>
    <message>
      <source>The Géoplateforme no longer accepts your session.</source>
      <translation>La Géoplateforme n’accepte plus votre session.</translation>
    </message>
    <message>
      <source>The Géoplateforme opens a service to a key through one permission only, and the key opens it already: {names}.</source>
      <translation>La Géoplateforme n’ouvre un service à une clé que par une seule permission, et la clé l’ouvre déjà : {names}.</translation>
    </message>
    <message>
      <source>The Géoplateforme refused: this conflicts with something that exists already.</source>
      <translation>La Géoplateforme a refusé la demande : elle entre en conflit avec un élément existant.</translation>
    </message>
    <message>
      <source>The Géoplateforme reports this service as unstable.</source>
      <translation>La Géoplateforme signale ce service comme instable.</translation>
    </message>
    <message>
      <source>The Géoplateforme tells no URL for: {names}.</source>
      <translation>La Géoplateforme n’indique pas d’URL pour : {names}.</translation>
    </message>
    <message>
      <source>The IGN’s SCAN data: uses open to the public are free below {limit} a year.</source>
      <translation>Données SCAN de l’IGN : les usages ouverts au public sont gratuits en dessous de {limit} par an.</translation>
    </message>
    <message>
      <source>The Referer contains</source>
      <translation>Le Referer contient</translation>
    </message>
    <message>
      <source>The URL was copied with the hash, for a minute. Treat it like a password.</source>
      <translation>L’URL a été copiée avec la chaîne de hachage. Traitez-la comme un mot de passe : elle reste une minute dans le presse-papiers.</translation>
    </message>
    <message>
      <source>The URL was copied.</source>
      <translation>L’URL a été copiée.</translation>
    </message>
    <message>
      <source>The User-Agent contains</source>
      <translation>Le User-Agent contient</translation>
    </message>
    <message>
      <source>The answer for “{name}” goes on beyond the length that was announced.</source>
      <translation>La réponse pour « {name} » continue au-delà de la longueur annoncée.</translation>
    </message>
    <message>
      <source>The answer received does not come from the Géoplateforme, or cannot be read.</source>
      <translation>La réponse reçue ne provient pas de la Géoplateforme ou est illisible.</translation>
    </message>
    <message>
      <source>The answer received does not come from the sign-in service.</source>
      <translation>La réponse reçue ne provient pas du service de connexion.</translation>
    </message>
    <message>
      <source>The answer received does not come from this service.</source>
      <translation>La réponse reçue ne provient pas de ce service.</translation>
    </message>
    <message>
      <source>The answer received does not come from this service. It begins: “{words}”</source>
      <translation>La réponse reçue ne provient pas de ce service. Elle commence par : « {words} »</translation>
    </message>
    <message>
      <source>The archive “{name}” lacks its volume {number}.</source>
      <translation>Il manque à l’archive « {name} » son volume {number}.</translation>
    </message>
    <message>
      <source>The authentication configuration {id} is no longer in QGIS.</source>
      <translation>La configuration d’authentification {id} n’est plus dans QGIS.</translation>
    </message>
    <message>
      <source>The authentication configuration {id} is not as it was.</source>
      <translation>La configuration d’authentification {id} n’est plus comme avant.</translation>
    </message>
    <message>
      <source>The authentication configuration {id} is still in QGIS.</source>
      <translation>La configuration d’authentification {id} est encore dans QGIS.</translation>
    </message>
    <message>
      <source>The authentication configuration “{authcfg}” cannot be used to sign in.</source>
      <translation>La configuration d’authentification « {authcfg} » ne permet pas de se connecter.</translation>
    </message>
    <message>
      <source>The authentication configuration “{name}” can't be understood.</source>
      <translation>La configuration d’authentification « {name} » est illisible.</translation>
    </message>
    <message>
      <source>The authentication configuration “{name}” holds no user name and password.</source>
      <translation>La configuration d’authentification « {name} » ne contient ni nom d’utilisateur ni mot de passe.</translation>
    </message>
    <message>
      <source>The catalogue is public: it is asked without your account or a key.</source>
      <translation>Le catalogue est public : il est interrogé sans votre compte ni aucune clé.</translation>
    </message>
    <message>
      <source>The change is undone, but the password of “{name}” is not in QGIS any more.</source>
      <translation>Le changement est annulé, mais le mot de passe de « {name} » n’est plus dans QGIS.</translation>
    </message>
    <message>
      <source>The change of the key “{name}” stopped half-way.</source>
      <translation>La modification de la clé « {name} » s’est arrêtée en cours de route.</translation>
    </message>
    <message>
      <source>The change of the key “{name}” that was cut off earlier is finished.</source>
      <translation>La modification de la clé « {name} » qui avait été interrompue est terminée.</translation>
    </message>
    <message>
      <source>The change of the key “{name}” that was cut off earlier is undone.</source>
      <translation>La modification de la clé « {name} » qui avait été interrompue est annulée.</translation>
    </message>
    <message>
      <source>The change of the key “{name}” was interrupted before QGIS used the new key.</source>
      <translation>Le changement de la clé « {name} » a été interrompu avant que QGIS utilise la nouvelle clé.</translation>
    </message>
    <message>
      <source>The client secret is missing.</source>
      <translation>Le secret du client est manquant.</translation>
    </message>
    <message>
      <source>The command was copied with the hash, for a minute. Treat it like a password.</source>
      <translation>La commande est copiée avec la chaîne de hachage, pour une minute. Traitez-la comme un mot de passe.</translation>
    </message>
    <message>
      <source>The command was copied, without the secret.</source>
      <translation>La commande a été copiée, sans le secret.</translation>
    </message>
    <message>
      <source>The configuration is in {file}. Who has the file needs the password to open it.</source>
      <translation>La configuration est dans {file}. Il faut le mot de passe pour ouvrir ce fichier.</translation>
    </message>
    <message>
      <source>The configuration {id} was made: it holds your key.</source>
      <translation>La configuration {id} a été créée : elle contient votre clé.</translation>
    </message>
    <message>
      <source>The connection is no longer in QGIS.</source>
      <translation>La connexion n’est plus dans QGIS.</translation>
    </message>
    <message>
      <source>The connection to the Géoplateforme failed or was lost.</source>
      <translation>La connexion à la Géoplateforme a échoué ou a été interrompue.</translation>
    </message>
    <message>
      <source>The connection “{name}” is no longer in QGIS.</source>
      <translation>La connexion « {name} » n’est plus dans QGIS.</translation>
    </message>
    <message>
      <source>The copy beside it is of an earlier day, and is not put back. Compare the two yourself.</source>
      <translation>La copie à côté date d’un autre jour et n’est pas remise. Comparez les deux vous-même.</translation>
    </message>
    <message>
      <source>The copy beside it is of another day, and is not put back. Compare the two yourself.</source>
      <translation>La copie placée à côté est d’un autre jour et n’est pas remise. Comparez les deux vous-même.</translation>
    </message>
    <message>
      <source>The copy is {file}.</source>
      <translation>La copie est {file}.</translation>
    </message>
    <message>
      <source>The copy must be another file than the project, and end in {suffix} too.</source>
      <translation>La copie doit être un autre fichier que le projet, et finir elle aussi par {suffix}.</translation>
    </message>
    <message>
      <source>The copy of the project for the key “{name}” is not there.</source>
      <translation>La copie du projet pour la clé « {name} » n’est pas là.</translation>
    </message>
    <message>
      <source>The copy of what it was is not there any more.</source>
      <translation>La copie de ce qu’il était n’est plus là.</translation>
    </message>
    <message>
      <source>The copy “{file}” cannot be removed: {reason}.</source>
      <translation>La copie « {file} » ne peut pas être supprimée : {reason}.</translation>
    </message>
    <message>
      <source>The copy “{file}” has been changed since it was made with this key.</source>
      <translation>La copie « {file} » a été modifiée depuis qu’elle a été faite avec cette clé.</translation>
    </message>
    <message>
      <source>The copy “{file}” may still be there, with the hash of its key.</source>
      <translation>La copie « {file} » est peut-être encore là, avec la chaîne de hachage de sa clé.</translation>
    </message>
    <message>
      <source>The creation of the key “{name}” stopped half-way, and QGIS does not have its password any more.</source>
      <translation>La création de la clé « {name} » s’est arrêtée en cours de route, et QGIS n’a plus son mot de passe.</translation>
    </message>
    <message>
      <source>The creation of the key “{name}” stopped half-way.</source>
      <translation>La création de la clé « {name} » s’est arrêtée en cours de route.</translation>
    </message>
    <message>
      <source>The deletion of the key “{name}” stopped half-way. Finishing it deletes the key and what the plugin made for it in QGIS.</source>
      <translation>La suppression de la clé « {name} » s’est arrêtée en cours de route. La terminer supprime la clé et ce que l’extension a créé pour elle dans QGIS.</translation>
    </message>
    <message>
      <source>The deletion of the key “{name}” stopped half-way. Finishing it deletes the key; what QGIS holds of it stays, as you wished.</source>
      <translation>La suppression de la clé « {name} » s’est arrêtée en cours de route. La terminer supprime la clé ; ce que QGIS en détient reste, comme vous l’avez voulu.</translation>
    </message>
    <message>
      <source>The disk of the folder “{folder}” is full.</source>
      <translation>Le disque du dossier « {folder} » est plein.</translation>
    </message>
    <message>
      <source>The disk that holds {place} is full. Nothing was changed.</source>
      <translation>Le disque qui contient {place} est plein. Rien n’a été modifié.</translation>
    </message>
    <message>
      <source>The download service does not accept this key.</source>
      <translation>Le service de téléchargement n’accepte pas cette clé.</translation>
    </message>
    <message>
      <source>The download service lists no edition.</source>
      <translation>Le service de téléchargement ne liste aucune édition.</translation>
    </message>
    <message>
      <source>The download service lists nothing for “{name}”.</source>
      <translation>Le service de téléchargement ne liste rien pour « {name} ».</translation>
    </message>
    <message>
      <source>The download service no longer has “{name}”.</source>
      <translation>Le service de téléchargement n’a plus « {name} ».</translation>
    </message>
    <message>
      <source>The file could not be written: {reason}.</source>
      <translation>Le fichier n’a pas pu être écrit : {reason}.</translation>
    </message>
    <message>
      <source>The file is JSON, or CSV with a line an offering when its name ends in .csv. The ids and layer names in it are what OFFERINGS of “Create an access key” takes.</source>
      <translation>Le fichier est en JSON, ou en CSV avec une ligne par offre si son nom se termine par .csv. Les identifiants et les noms de couches qu’il contient sont ceux qu’accepte OFFERINGS dans « Créer une clé d’accès ».</translation>
    </message>
    <message>
      <source>The files hold no secret. Who opens them needs a configuration of the same id; labels and pictures are left.</source>
      <translation>Les fichiers ne contiennent aucun secret. Qui les ouvre a besoin d’une configuration du même identifiant ; étiquettes et images sont laissées.</translation>
    </message>
    <message>
      <source>The files take {needed}, and the disk of this folder has {free} left.</source>
      <translation>Les fichiers prennent {needed}, et il reste {free} sur le disque de ce dossier.</translation>
    </message>
    <message>
      <source>The folder is not there.</source>
      <translation>Ce dossier n’existe pas.</translation>
    </message>
    <message>
      <source>The folder “{folder}” cannot be written to: {reason}.</source>
      <translation>On ne peut pas écrire dans le dossier « {folder} » : {reason}.</translation>
    </message>
    <message>
      <source>The folder “{folder}” is not there, or no longer.</source>
      <translation>Le dossier « {folder} » n’est pas là, ou plus.</translation>
    </message>
    <message>
      <source>The hash can be read by whoever gets the files. Labels and pictures get it, too.</source>
      <translation>La chaîne de hachage peut être lue par qui reçoit les fichiers. Étiquettes et images la reçoivent aussi.</translation>
    </message>
    <message>
      <source>The hash of a HASH key is read from the Géoplateforme, an OAuth2 key uses the sign-in. The password of a BASIC key cannot be read: keep it in a Basic configuration of QGIS and name that in CREDENTIALS; it is tried before it is kept.</source>
      <translation>La chaîne de hachage d’une clé HASH est lue sur la Géoplateforme, une clé OAuth2 utilise votre connexion. Le mot de passe d’une clé BASIC ne peut pas être relu : enregistrez-le dans une configuration Basic de QGIS et désignez celle-ci dans CREDENTIALS ; il est essayé avant d’être conservé.</translation>
    </message>
    <message>
      <source>The hash was copied, for a minute. Treat it like a password.</source>
      <translation>La chaîne de hachage a été copiée. Traitez-la comme un mot de passe : elle reste une minute dans le presse-papiers.</translation>
    </message>
    <message>
      <source>The icons of “{title}” could not be read: {reason}; it is drawn without them.</source>
      <translation>Les icônes de « {title} » n’ont pas pu être lues : {reason} ; la couche est dessinée sans elles.</translation>
    </message>
    <message>
      <source>The id {id} is that of “{name}” in this QGIS.</source>
      <translation>L’identifiant {id} est celui de « {name} » dans ce QGIS.</translation>
    </message>
    <message>
      <source>The key cannot stand there: change it by hand.</source>
      <translation>La clé ne peut pas s’y trouver : modifiez cet endroit à la main.</translation>
    </message>
    <message>
      <source>The key does not open “{name}”: nothing to remove.</source>
      <translation>La clé n’ouvre pas « {name} » : rien à retirer.</translation>
    </message>
    <message>
      <source>The key is not at fault. If the layer stays empty in QGIS, tell its producer.</source>
      <translation>La clé n’est pas en cause. Si la couche reste vide dans QGIS, signalez-le à son producteur.</translation>
    </message>
    <message>
      <source>The key may be used from these addresses only, and yours is none of them: {ranges}.</source>
      <translation>La clé n’est utilisable que depuis ces adresses, et la vôtre n’en fait pas partie : {ranges}.</translation>
    </message>
    <message>
      <source>The key may have its new name or filters on the Géoplateforme, but not in QGIS.</source>
      <translation>La clé a peut-être son nouveau nom ou ses nouveaux filtres sur la Géoplateforme, mais pas dans QGIS.</translation>
    </message>
    <message>
      <source>The key may not be used from these addresses, and yours is one of them: {ranges}.</source>
      <translation>La clé n’est pas utilisable depuis ces adresses, et la vôtre en fait partie : {ranges}.</translation>
    </message>
    <message>
      <source>The key opens no service that could be tested.</source>
      <translation>La clé n’ouvre aucun service qui puisse être testé.</translation>
    </message>
    <message>
      <source>The key opens no service.</source>
      <translation>La clé n’ouvre aucun service.</translation>
    </message>
    <message>
      <source>The key “{key}” opens no download “{name}”. It opens: {names}.</source>
      <translation>La clé « {key} » n’ouvre aucun téléchargement « {name} ». Elle ouvre : {names}.</translation>
    </message>
    <message>
      <source>The key “{name}” could not be read: {reason}</source>
      <translation>La clé « {name} » n’a pas pu être lue : {reason}</translation>
    </message>
    <message>
      <source>The key “{name}” did not exist any more.</source>
      <translation>La clé « {name} » n’existait déjà plus.</translation>
    </message>
    <message>
      <source>The key “{name}” does not open it.</source>
      <translation>La clé « {name} » ne l’ouvre pas.</translation>
    </message>
    <message>
      <source>The key “{name}” has its new secret; the old key is deleted.</source>
      <translation>La clé « {name} » a son nouveau secret ; l’ancienne clé est supprimée.</translation>
    </message>
    <message>
      <source>The key “{name}” has its new user name and password; the old key is deleted.</source>
      <translation>La clé « {name} » a son nouveau nom d’utilisateur et son nouveau mot de passe ; l’ancienne clé est supprimée.</translation>
    </message>
    <message>
      <source>The key “{name}” has these values already.</source>
      <translation>La clé « {name} » a déjà ces valeurs.</translation>
    </message>
    <message>
      <source>The key “{name}” is being created right now, in this QGIS or in another one.</source>
      <translation>La clé « {name} » est en cours de création, dans ce QGIS ou dans un autre.</translation>
    </message>
    <message>
      <source>The key “{name}” is deleted.</source>
      <translation>La clé « {name} » est supprimée.</translation>
    </message>
    <message>
      <source>The key “{name}” is not on the Géoplateforme.</source>
      <translation>La clé « {name} » n’existe pas sur la Géoplateforme.</translation>
    </message>
    <message>
      <source>The key “{name}” is ready.</source>
      <translation>La clé « {name} » est prête.</translation>
    </message>
    <message>
      <source>The key “{name}” opens it.</source>
      <translation>La clé « {name} » l’ouvre.</translation>
    </message>
    <message>
      <source>The key “{name}” opens nothing that can be downloaded.</source>
      <translation>La clé « {name} » n’ouvre rien que l’on puisse télécharger.</translation>
    </message>
    <message numerus="yes">
      <source>The key “{name}” opens these {count} services already.</source>
      <translation>
        <numerusform>La clé « {name} » ouvre déjà ce service.</numerusform>
        <numerusform>La clé « {name} » ouvre déjà ces {count} services.</numerusform>
      </translation>
    </message>
    <message>
      <source>The key “{name}” was changed, but could not be read afterwards: {reason}</source>
      <translation>La clé « {name} » a été modifiée, mais n’a pas pu être relue ensuite : {reason}</translation>
    </message>
    <message>
      <source>The key “{name}” was changed.</source>
      <translation>La clé « {name} » a été modifiée.</translation>
    </message>
    <message>
      <source>The key “{name}” was deleted elsewhere: nothing of its change is left to finish or to undo.</source>
      <translation>La clé « {name} » a été supprimée ailleurs : il ne reste rien de sa modification à terminer ni à annuler.</translation>
    </message>
    <message>
      <source>The key “{name}” was made.</source>
      <translation>La clé « {name} » est créée.</translation>
    </message>
    <message>
      <source>The key's Referer filter refuses QGIS: QGIS sends no Referer.</source>
      <translation>Le filtre Referer de la clé refuse QGIS : QGIS n’envoie pas de Referer.</translation>
    </message>
    <message>
      <source>The key's User-Agent filter “{filter}” refuses this QGIS, which presents itself as “{user_agent}”.</source>
      <translation>Le filtre User-Agent « {filter} » de la clé refuse ce QGIS, qui se présente comme « {user_agent} ».</translation>
    </message>
    <message>
      <source>The key’s secret is sent to the Géoplateforme only: tell the producer that the address is wrong.</source>
      <translation>Le secret de la clé n’est envoyé qu’à la Géoplateforme : signalez au producteur que l’adresse est fausse.</translation>
    </message>
    <message>
      <source>The layer “{name}” keeps its hash: {reason}.</source>
      <translation>La couche « {name} » conserve sa chaîne de hachage : {reason}.</translation>
    </message>
    <message>
      <source>The layer “{name}” kept the old hash: it does not open with the new one.</source>
      <translation>La couche « {name} » a gardé l’ancienne chaîne de hachage : elle ne s’ouvre pas avec la nouvelle.</translation>
    </message>
    <message>
      <source>The layer “{name}” stays as it is: {reason}.</source>
      <translation>La couche « {name} » reste telle quelle : {reason}.</translation>
    </message>
    <message>
      <source>The layer “{title}” can't be shown: the service refused it or does not list it yet.</source>
      <translation>La couche « {title} » ne peut pas être affichée : le service l’a refusée ou ne la propose pas encore.</translation>
    </message>
    <message>
      <source>The layer “{title}” can't be shown: {reason}</source>
      <translation>La couche « {title} » ne peut pas être affichée : {reason}</translation>
    </message>
    <message>
      <source>The list of keys offers both.</source>
      <translation>La liste des clés propose les deux.</translation>
    </message>
    <message>
      <source>The map shows another place.</source>
      <translation>La carte montre un autre endroit.</translation>
    </message>
    <message>
      <source>The name holds a character that cannot be shown, such as a line break.</source>
      <translation>Le nom contient un caractère qui ne peut être affiché, tel qu’un retour à la ligne.</translation>
    </message>
    <message>
      <source>The name is too long: {limit} characters at most.</source>
      <translation>Le nom est trop long : {limit} caractères au plus.</translation>
    </message>
    <message>
      <source>The new key does not have the filters of the old one.</source>
      <translation>La nouvelle clé n’a pas les filtres de l’ancienne.</translation>
    </message>
    <message>
      <source>The new key does not open all services of the old one.</source>
      <translation>La nouvelle clé n’ouvre pas tous les services de l’ancienne.</translation>
    </message>
    <message>
      <source>The new key of “{name}” was deleted elsewhere, and the old one is deleted, too.</source>
      <translation>La nouvelle clé de « {name} » a été supprimée ailleurs, et l’ancienne est supprimée aussi.</translation>
    </message>
    <message>
      <source>The new key of “{name}” was deleted elsewhere; the old one is still there.</source>
      <translation>La nouvelle clé de « {name} » a été supprimée ailleurs ; l’ancienne est toujours là.</translation>
    </message>
    <message>
      <source>The new key “{name}” may still be on the Géoplateforme.</source>
      <translation>La nouvelle clé « {name} » est peut-être encore sur la Géoplateforme.</translation>
    </message>
    <message>
      <source>The notes of the key “{name}” are not as they were.</source>
      <translation>Les notes sur la clé « {name} » ne sont plus ce qu’elles étaient.</translation>
    </message>
    <message>
      <source>The old key answered {requests} in the past 30 days, the last on {date}. Other computers, projects and web maps that have its secret will stop working once it is deleted.</source>
      <translation>L’ancienne clé a servi à {requests} en 30 jours, la dernière le {date}. Les autres ordinateurs, projets et cartes en ligne qui ont son secret cesseront de fonctionner à sa suppression.</translation>
    </message>
    <message>
      <source>The old key answered {requests} in the past 30 days, the last on {date}. Other computers, projects and web maps that have its user name and password will stop working once it is deleted.</source>
      <translation>L’ancienne clé a servi à {requests} en 30 jours, la dernière le {date}. Les autres ordinateurs, projets et cartes en ligne qui ont son nom d’utilisateur et son mot de passe cesseront de fonctionner à sa suppression.</translation>
    </message>
    <message>
      <source>The old key is deleted already; the new one, which QGIS uses, does not have its name yet: finish the change.</source>
      <translation>L’ancienne clé est déjà supprimée ; la nouvelle, que QGIS utilise, n’a pas encore son nom : terminez le changement.</translation>
    </message>
    <message>
      <source>The old key keeps working until you delete it; the new one then gets its name.</source>
      <translation>L’ancienne clé fonctionne jusqu’à ce que vous la supprimiez ; la nouvelle prend alors son nom.</translation>
    </message>
    <message>
      <source>The old key of “{name}” is deleted already: there is no way back.</source>
      <translation>L’ancienne clé de « {name} » est déjà supprimée : il n’y a pas de retour possible.</translation>
    </message>
    <message>
      <source>The old key was not used in the past 30 days.</source>
      <translation>L’ancienne clé n’a pas été utilisée depuis 30 jours.</translation>
    </message>
    <message>
      <source>The old password of “{name}” is not in QGIS any more: there is no way back.</source>
      <translation>L’ancien mot de passe de « {name} » n’est plus dans QGIS : il n’y a pas de retour possible.</translation>
    </message>
    <message>
      <source>The old secret still works, until the old key is deleted.</source>
      <translation>L’ancien secret fonctionne encore, jusqu’à la suppression de l’ancienne clé.</translation>
    </message>
    <message>
      <source>The old user name and password still work, until the old key is deleted.</source>
      <translation>L’ancien nom d’utilisateur et l’ancien mot de passe fonctionnent encore, jusqu’à la suppression de l’ancienne clé.</translation>
    </message>
    <message>
      <source>The open project has not been saved yet: save it first.</source>
      <translation>Le projet ouvert n’est pas encore enregistré : enregistrez-le d’abord.</translation>
    </message>
    <message>
      <source>The open project holds the hash of this key in clear: {layers}. Who has the file can use the key.</source>
      <translation>Le projet ouvert contient en clair la chaîne de hachage de cette clé : {layers}. Qui a le fichier peut utiliser la clé.</translation>
    </message>
    <message>
      <source>The open project is not a .qgs or .qgz file: save it as one first.</source>
      <translation>Le projet ouvert n’est pas un fichier .qgs ou .qgz : enregistrez-le d’abord ainsi.</translation>
    </message>
    <message>
      <source>The open project uses a configuration of this key, without its secret: {layers}.</source>
      <translation>Le projet ouvert utilise une configuration de cette clé, sans son secret : {layers}.</translation>
    </message>
    <message>
      <source>The others are in their folder. Start it again to fetch what is missing.</source>
      <translation>Les autres sont dans leur dossier. Relancez pour télécharger ce qui manque.</translation>
    </message>
    <message>
      <source>The password holds a character that cannot be typed, such as a line break.</source>
      <translation>Le mot de passe contient un caractère qui ne peut être saisi, tel qu’un retour à la ligne.</translation>
    </message>
    <message>
      <source>The password is asked for once: the Géoplateforme cannot give it.</source>
      <translation>Le mot de passe est demandé une fois : la Géoplateforme ne peut pas le donner.</translation>
    </message>
    <message>
      <source>The password of the key “{name}” was changed: QGIS uses the new key, the old one is still there.</source>
      <translation>Le mot de passe de la clé « {name} » a été changé : QGIS utilise la nouvelle clé, l’ancienne existe encore.</translation>
    </message>
    <message>
      <source>The password starts or ends with a space.</source>
      <translation>Le mot de passe commence ou se termine par une espace.</translation>
    </message>
    <message>
      <source>The password was copied, for a minute.</source>
      <translation>Le mot de passe est copié, pour une minute.</translation>
    </message>
    <message>
      <source>The period ends before it begins.</source>
      <translation>La période se termine avant de commencer.</translation>
    </message>
    <message>
      <source>The period is that of the past 30 days unless given. Times are those of this computer, in the table in UTC.</source>
      <translation>Sans indication, la période est celle des 30 derniers jours. Les heures données sont celles de cet ordinateur ; celles de la table sont en UTC.</translation>
    </message>
    <message>
      <source>The permission ended on {date}. Ask its producer to extend it.</source>
      <translation>La permission a pris fin le {date}. Demandez sa prolongation au producteur.</translation>
    </message>
    <message>
      <source>The permission for “{name}” has ended: the new key does not open it.</source>
      <translation>La permission pour « {name} » a expiré : la nouvelle clé ne l’ouvre pas.</translation>
    </message>
    <message>
      <source>The permission has ended: untick it, or keep it until it is extended.</source>
      <translation>La permission a expiré : décochez-la, ou gardez-la en attendant sa prolongation.</translation>
    </message>
    <message>
      <source>The permission “{licence}” has ended.</source>
      <translation>La permission « {licence} » a pris fin.</translation>
    </message>
    <message>
      <source>The permissions of this key could also open {services}.</source>
      <translation>Les permissions de cette clé pourraient aussi ouvrir {services}.</translation>
    </message>
    <message>
      <source>The platform does not say who granted the permission: address the message to the producer.</source>
      <translation>La Géoplateforme n’indique pas qui a accordé la permission : adressez le message au producteur.</translation>
    </message>
    <message>
      <source>The plugin met an unexpected error ({kind}).</source>
      <translation>L’extension a rencontré une erreur inattendue ({kind}).</translation>
    </message>
    <message>
      <source>The port that the sign-in needs ({first}) is in use.</source>
      <translation>Le port dont la connexion a besoin ({first}) est occupé.</translation>
    </message>
    <message>
      <source>The ports that the sign-in needs ({first} to {last}) are all in use.</source>
      <translation>Les ports dont la connexion a besoin ({first} à {last}) sont tous occupés.</translation>
    </message>
    <message>
      <source>The preset of your administrator, {path}, is not used: {reason}</source>
      <translation>Le préréglage de votre administrateur, {path}, n’est pas appliqué : {reason}</translation>
    </message>
    <message>
      <source>The producer's style of “{title}” could not be read: {reason}; it is drawn in a simple style.</source>
      <translation>Le style du producteur pour « {title} » n’a pas pu être lu : {reason} ; la couche est dessinée dans un style simple.</translation>
    </message>
    <message>
      <source>The producer's style “{name}” of “{title}” could not be read: {reason}; it is drawn in “{other}” instead.</source>
      <translation>Le style « {name} » du producteur pour « {title} » n’a pas pu être lu : {reason} ; la couche est dessinée dans le style « {other} ».</translation>
    </message>
    <message>
      <source>The project holds a hash of yours in clear. Who has the file can use the key; a server needs it so.</source>
      <translation>Le projet contient en clair une chaîne de hachage à vous. Qui a le fichier peut utiliser la clé ; un serveur en a besoin ainsi.</translation>
    </message>
    <message>
      <source>The project holds no secret: whoever gets it draws with a key of their own.</source>
      <translation>Le projet ne contient aucun secret : qui le reçoit dessine avec sa propre clé.</translation>
    </message>
    <message>
      <source>The project is changed, but not saved.</source>
      <translation>Le projet est modifié, mais pas enregistré.</translation>
    </message>
    <message>
      <source>The project names the configuration {ids} and holds no secret. Your colleague sees the layers as unavailable at first, makes a configuration with the same id, holding their own key, and the project draws for both of you.</source>
      <translation>Le projet nomme la configuration {ids} et ne contient aucun secret. Votre collègue voit d’abord les couches comme indisponibles, crée une configuration de même identifiant avec sa propre clé, et le projet s’affiche chez vous deux.</translation>
    </message>
    <message>
      <source>The proxy in QGIS's options, under Network, names an authentication configuration, and this version of QGIS cannot open both. Choose none there, put the user name and the password in the proxy settings, then restart QGIS.</source>
      <translation>Le proxy, dans les options de QGIS sous Réseau, désigne une configuration d’authentification, et cette version de QGIS ne peut pas ouvrir les deux. N’en choisissez aucune, mettez le nom d’utilisateur et le mot de passe dans les réglages du proxy, puis redémarrez QGIS.</translation>
    </message>
    <message>
      <source>The proxy of your network refused the connection.</source>
      <translation>Le proxy de votre réseau a refusé la connexion.</translation>
    </message>
    <message>
      <source>The reply port must be between {first} and {last}.</source>
      <translation>Le port de réponse doit être compris entre {first} et {last}.</translation>
    </message>
    <message>
      <source>The report was copied; there is no secret in it.</source>
      <translation>Le rapport a été copié ; il ne contient aucun secret.</translation>
    </message>
    <message>
      <source>The report was saved as “{file}”.</source>
      <translation>Le rapport a été enregistré sous « {file} ».</translation>
    </message>
    <message>
      <source>The request was copied.</source>
      <translation>La demande a été copiée.</translation>
    </message>
    <message>
      <source>The rest is done, but these services are still open to the key: {names}.</source>
      <translation>Le reste est fait, mais ces services sont encore ouverts à la clé : {names}.</translation>
    </message>
    <message>
      <source>The same service is ticked twice, through two permissions.</source>
      <translation>Le même service est coché deux fois, au titre de deux permissions.</translation>
    </message>
    <message>
      <source>The secret of the key “{name}” was changed: QGIS uses the new key, the old one is still there.</source>
      <translation>Le secret de la clé « {name} » a été changé : QGIS utilise la nouvelle clé, l’ancienne existe encore.</translation>
    </message>
    <message>
      <source>The service answers, but has no tile where its description says there is one.</source>
      <translation>Le service répond, mais n’a aucune tuile là où sa description en annonce une.</translation>
    </message>
    <message>
      <source>The service answers, but opens none of the key's layers.</source>
      <translation>Le service répond, mais n’ouvre aucune couche de la clé.</translation>
    </message>
    <message>
      <source>The service cannot be reached.</source>
      <translation>Le service est injoignable.</translation>
    </message>
    <message>
      <source>The service did not answer in time.</source>
      <translation>Le service n’a pas répondu à temps.</translation>
    </message>
    <message>
      <source>The service is out of order (HTTP {status}).</source>
      <translation>Le service est en panne (HTTP {status}).</translation>
    </message>
    <message>
      <source>The service refuses the key.</source>
      <translation>Le service refuse la clé.</translation>
    </message>
    <message>
      <source>The service refuses this QGIS, though the key has no filter.</source>
      <translation>Le service refuse ce QGIS, alors que la clé n’a pas de filtre.</translation>
    </message>
    <message>
      <source>The service refuses this QGIS, though the key's filters seem to allow it.</source>
      <translation>Le service refuse ce QGIS, bien que les filtres de la clé semblent l’autoriser.</translation>
    </message>
    <message>
      <source>The service takes the key, but refuses what it was asked.</source>
      <translation>Le service accepte la clé, mais refuse ce qui lui a été demandé.</translation>
    </message>
    <message>
      <source>The service takes the key, but refuses what it was asked. It says: “{words}”</source>
      <translation>Le service accepte la clé, mais refuse ce qui lui a été demandé. Il répond : « {words} »</translation>
    </message>
    <message>
      <source>The service works, but does not list {count} of the key's layers.</source>
      <translation>Le service fonctionne, mais il manque des couches de la clé : {count}.</translation>
    </message>
    <message>
      <source>The service's request limit is reached for the moment.</source>
      <translation>La limite de requêtes du service est atteinte pour le moment.</translation>
    </message>
    <message>
      <source>The services do not accept the new key; the old one still works.</source>
      <translation>Les services n’acceptent pas la nouvelle clé ; l’ancienne fonctionne toujours.</translation>
    </message>
    <message>
      <source>The services refuse this password.</source>
      <translation>Les services refusent ce mot de passe.</translation>
    </message>
    <message>
      <source>The services were added to the key “{name}”.</source>
      <translation>Les services ont été ajoutés à la clé « {name} ».</translation>
    </message>
    <message>
      <source>The sign-in page refuses the client “{client_id}” and would never answer.</source>
      <translation>La page de connexion refuse le client « {client_id} » et ne répondrait jamais.</translation>
    </message>
    <message>
      <source>The sign-in service does not accept the client secret.</source>
      <translation>Le service de connexion n’accepte pas le secret du client.</translation>
    </message>
    <message>
      <source>The sign-in service does not know the reply address {address} for this client.</source>
      <translation>Le service de connexion ne connaît pas l’adresse de réponse {address} pour ce client.</translation>
    </message>
    <message>
      <source>The sign-in service does not let the client “{client_id}” sign in with a user name and a password.</source>
      <translation>Le service de connexion ne permet pas au client « {client_id} » de se connecter avec un nom d’utilisateur et un mot de passe.</translation>
    </message>
    <message>
      <source>The sign-in service has a problem and could not finish the sign-in.</source>
      <translation>Le service de connexion rencontre un problème et n’a pas pu terminer la connexion.</translation>
    </message>
    <message>
      <source>The sign-in service has a problem and could not keep your session open.</source>
      <translation>Le service de connexion rencontre un problème et n’a pas pu maintenir votre session.</translation>
    </message>
    <message>
      <source>The sign-in service refuses the user name or the password of the authentication configuration.</source>
      <translation>Le service de connexion refuse le nom d’utilisateur ou le mot de passe de la configuration d’authentification.</translation>
    </message>
    <message>
      <source>The sign-in to the Géoplateforme failed: {reason}</source>
      <translation>La connexion à la Géoplateforme a échoué : {reason}</translation>
    </message>
    <message>
      <source>The sign-in was not finished in the browser in time.</source>
      <translation>La connexion n’a pas été terminée à temps dans le navigateur.</translation>
    </message>
    <message>
      <source>The sign-in was refused or cancelled on the sign-in page.</source>
      <translation>La connexion a été refusée ou annulée sur la page de connexion.</translation>
    </message>
    <message>
      <source>The test did not come to its end.</source>
      <translation>Le test n’est pas allé à son terme.</translation>
    </message>
    <message>
      <source>The test was stopped.</source>
      <translation>Le test a été arrêté.</translation>
    </message>
    <message>
      <source>The text was copied. There is no secret in it.</source>
      <translation>Le texte est copié. Il ne contient aucun secret.</translation>
    </message>
    <message>
      <source>The tile matrix set “{name}” and the image format may have other names at the new address: look whether the layer draws, or add it anew.</source>
      <translation>Le jeu de tuiles « {name} » et le format d’image peuvent porter un autre nom à la nouvelle adresse : vérifiez que la couche s’affiche, ou ajoutez-la de nouveau.</translation>
    </message>
    <message>
      <source>The user name cannot hold a colon: what follows it would be taken for the password.</source>
      <translation>Le nom d’utilisateur ne peut contenir de deux-points : la suite serait prise pour le mot de passe.</translation>
    </message>
    <message>
      <source>The user name holds a character that cannot be typed, such as a line break.</source>
      <translation>Le nom d’utilisateur contient un caractère qui ne peut être saisi, tel qu’un retour à la ligne.</translation>
    </message>
    <message>
      <source>The user name in CREDENTIALS is not that of “{name}”.</source>
      <translation>Le nom d’utilisateur de CREDENTIALS n’est pas celui de « {name} ».</translation>
    </message>
    <message>
      <source>The user name starts or ends with a space.</source>
      <translation>Le nom d’utilisateur commence ou se termine par une espace.</translation>
    </message>
    <message>
      <source>The user name “{login}” was copied.</source>
      <translation>Le nom d’utilisateur « {login} » est copié.</translation>
    </message>
    <message>
      <source>The zoom levels and the ending of the tiles may differ at the new address: look whether the layer draws, or add it anew.</source>
      <translation>Les niveaux de zoom et l’extension des tuiles peuvent différer à la nouvelle adresse : vérifiez que la couche s’affiche, ou ajoutez-la de nouveau.</translation>
    </message>
    <message>
      <source>There is no authentication configuration to sign in to the Géoplateforme with.</source>
      <translation>Il n’y a pas de configuration d’authentification pour se connecter à la Géoplateforme.</translation>
    </message>
    <message>
      <source>There is nothing in it that QGIS shows on a map.</source>
      <translation>Il ne contient rien que QGIS affiche sur une carte.</translation>
    </message>
    <message>
      <source>These are addresses of a private network. The Géoplateforme sees the public address of your network: nobody could use this key.</source>
      <translation>Ces adresses sont celles d’un réseau privé. La Géoplateforme voit l’adresse publique de votre réseau : personne ne pourrait utiliser cette clé.</translation>
    </message>
    <message>
      <source>These connections carry a key that has ended, or is not one of yours.</source>
      <translation>Ces connexions portent une clé qui n’a plus cours ou qui n’est pas la vôtre.</translation>
    </message>
    <message>
      <source>These layers carry it too; change their source by hand: {names}.</source>
      <translation>Ces couches la portent aussi ; modifiez leur source à la main : {names}.</translation>
    </message>
    <message>
      <source>These layers have what they need, as far as can be said without asking their services.</source>
      <translation>Ces couches ont ce qu’il leur faut, pour autant qu’on puisse le dire sans interroger leurs services.</translation>
    </message>
    <message>
      <source>These variables of the project hold it too; change them in the project’s properties: {names}.</source>
      <translation>Ces variables du projet la contiennent aussi ; modifiez-les dans les propriétés du projet : {names}.</translation>
    </message>
    <message>
      <source>This QGIS cannot send the key as a header: choose another type of key.</source>
      <translation>Ce QGIS ne peut pas envoyer la clé dans un en-tête : choisissez un autre type de clé.</translation>
    </message>
    <message>
      <source>This QGIS cannot send the key as a header: keep it in the URLs of the connections.</source>
      <translation>Cette version de QGIS ne sait pas transmettre la clé dans un en-tête : conservez-la dans les URL des connexions.</translation>
    </message>
    <message>
      <source>This QGIS cannot sign in with PKCE, which the authentication configuration asks for.</source>
      <translation>Ce QGIS ne sait pas se connecter avec PKCE, que la configuration d’authentification demande.</translation>
    </message>
    <message>
      <source>This QGIS does not hold the secret of the key “{name}”.</source>
      <translation>Ce QGIS ne détient pas le secret de la clé « {name} ».</translation>
    </message>
    <message>
      <source>This QGIS has no “API Header” authentication method: it came with QGIS 3.24.</source>
      <translation>Cette version de QGIS ne dispose pas de la méthode d’authentification « API Header », apparue avec QGIS 3.24.</translation>
    </message>
    <message>
      <source>This black list refuses every address: nobody could use this key.</source>
      <translation>Cette liste noire refuse toutes les adresses : personne ne pourrait utiliser cette clé.</translation>
    </message>
    <message>
      <source>This cause was not chosen to be mended.</source>
      <translation>Cette cause n’est pas de celles à réparer.</translation>
    </message>
    <message>
      <source>This change was finished or undone already.</source>
      <translation>Cette modification est déjà terminée ou annulée.</translation>
    </message>
    <message>
      <source>This conflicts with something that exists already. The Géoplateforme says: {details}</source>
      <translation>La demande entre en conflit avec un élément existant. Réponse de la Géoplateforme : {details}</translation>
    </message>
    <message>
      <source>This deletion was carried to its end already.</source>
      <translation>Cette suppression est déjà terminée.</translation>
    </message>
    <message>
      <source>This filter would refuse this very QGIS, which presents itself as “{user_agent}”.</source>
      <translation>Ce filtre refuserait ce QGIS même, qui se présente ainsi : « {user_agent} ».</translation>
    </message>
    <message>
      <source>This filter would refuse this very QGIS, which presents itself as “{user_agent}”: capital and small letters count.</source>
      <translation>Ce filtre refuserait ce QGIS même, qui se présente ainsi : « {user_agent} ». Les majuscules et les minuscules sont distinguées.</translation>
    </message>
    <message>
      <source>This is being done right now, in this QGIS or in another one.</source>
      <translation>Cette opération est déjà en cours, dans ce QGIS ou dans un autre.</translation>
    </message>
    <message>
      <source>This key does not open “{name}” at the download service.</source>
      <translation>Cette clé n’ouvre pas « {name} » au service de téléchargement.</translation>
    </message>
    <message>
      <source>This key has no secret of its own: the connections use your sign-in.</source>
      <translation>Cette clé n’a pas de secret à elle : les connexions utilisent votre compte, tel que vous vous y connectez ici.</translation>
    </message>
    <message>
      <source>This key is being changed for a new one already: finish or undo that first.</source>
      <translation>Cette clé est déjà en cours de remplacement par une nouvelle : terminez ou annulez d’abord ce changement.</translation>
    </message>
    <message>
      <source>This key is not connected to this QGIS.</source>
      <translation>Cette clé n’est pas connectée à ce QGIS.</translation>
    </message>
    <message>
      <source>This key opens no service yet.</source>
      <translation>Cette clé n’ouvre encore aucun service.</translation>
    </message>
    <message>
      <source>This layer has what it needs, as far as can be said without asking its service.</source>
      <translation>Cette couche a ce qu’il lui faut, pour autant qu’on puisse le dire sans interroger son service.</translation>
    </message>
    <message>
      <source>This list would refuse this computer, which the Géoplateforme sees as {address}.</source>
      <translation>Cette liste refuserait cet ordinateur, que la Géoplateforme voit sous l’adresse {address}.</translation>
    </message>
    <message>
      <source>This page is not the answer QGIS waits for. Go back to QGIS, and sign in from there.</source>
      <translation>Cette page n’est pas la réponse que QGIS attend. Revenez à QGIS, et connectez-vous à partir de là.</translation>
    </message>
    <message>
      <source>This password is easy to guess. Generate one, or make it longer.</source>
      <translation>Ce mot de passe est facile à deviner. Générez-en un ou allongez-le.</translation>
    </message>
    <message>
      <source>This service does not serve the layer (yet).</source>
      <translation>Ce service ne diffuse pas (ou pas encore) la couche.</translation>
    </message>
    <message>
      <source>This service is being modified: it may not answer for a while.</source>
      <translation>Ce service est en cours de modification : il peut ne pas répondre pendant un moment.</translation>
    </message>
    <message>
      <source>This service is still being published: it may not answer yet.</source>
      <translation>Ce service est en cours de publication : il peut ne pas encore répondre.</translation>
    </message>
    <message>
      <source>This user name is already taken: it must be unique across all accounts of the Géoplateforme.</source>
      <translation>Ce nom d’utilisateur est déjà pris : il doit être unique parmi tous les comptes de la Géoplateforme.</translation>
    </message>
    <message>
      <source>This version of QGIS has no “{method}” authentication.</source>
      <translation>Cette version de QGIS ne propose pas l’authentification « {method} ».</translation>
    </message>
    <message>
      <source>This version of QGIS keeps no hash in a configuration: from 3.24 on it can. Until then, a BASIC or OAuth2 key leaves no secret in a project.</source>
      <translation>Cette version de QGIS ne conserve pas de chaîne de hachage dans une configuration : c’est possible à partir de la 3.24. D’ici là, une clé BASIC ou OAuth2 ne laisse aucun secret dans un projet.</translation>
    </message>
    <message>
      <source>Tick all that is shown</source>
      <translation>Cocher tout ce qui est affiché</translation>
    </message>
    <message>
      <source>Tick at least one service, or delete the key.</source>
      <translation>Cochez au moins un service, ou supprimez la clé.</translation>
    </message>
    <message>
      <source>Tick at least one service.</source>
      <translation>Cochez au moins un service.</translation>
    </message>
    <message>
      <source>Tick what is to be downloaded.</source>
      <translation>Cochez ce qui doit être téléchargé.</translation>
    </message>
    <message>
      <source>Titles</source>
      <translation>Titres</translation>
    </message>
    <message>
      <source>To be closed: {services}</source>
      <translation>À fermer : {services}</translation>
    </message>
    <message>
      <source>To be looked at</source>
      <translation>À surveiller</translation>
    </message>
    <message>
      <source>To be opened: {services}</source>
      <translation>À ouvrir : {services}</translation>
    </message>
    <message>
      <source>To choose another type, go back and untick them.</source>
      <translation>Pour choisir un autre type, revenez en arrière et décochez-les.</translation>
    </message>
    <message>
      <source>To finish, the old key “{name}” is deleted for good, on the Géoplateforme; the new one gets its name, and QGIS goes on as it is now.</source>
      <translation>Pour terminer, l’ancienne clé « {name} » est supprimée définitivement, sur la Géoplateforme ; la nouvelle prend son nom, et QGIS continue comme maintenant.</translation>
    </message>
    <message>
      <source>To get a permission</source>
      <translation>Obtenir une permission</translation>
    </message>
    <message>
      <source>To open this project you need a key of your own on the Géoplateforme.</source>
      <translation>Pour ouvrir ce projet, il vous faut une clé à vous sur la Géoplateforme.</translation>
    </message>
    <message>
      <source>To tick all that is shown, narrow it to {count} editions.</source>
      <translation>Pour cocher tout ce qui est affiché, réduisez-le à {count} éditions.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Réessayer</translation>
    </message>
    <message>
      <source>Try again in a few minutes.</source>
      <translation>Réessayez dans quelques minutes.</translation>
    </message>
    <message>
      <source>Try again in a minute. If it happens again, close the other QGIS that uses this profile.</source>
      <translation>Réessayez dans une minute. Si cela se reproduit, fermez l’autre QGIS qui utilise ce profil.</translation>
    </message>
    <message>
      <source>Try again in {seconds} s.</source>
      <translation>Réessayez dans {seconds} s.</translation>
    </message>
    <message>
      <source>Try again. A proxy or a public network may want you to sign in first: open a web page to see.</source>
      <translation>Réessayez. Un proxy ou un réseau public demande peut-être une identification préalable : ouvrez une page web pour le vérifier.</translation>
    </message>
    <message>
      <source>Try again. If it comes back, report it with the lines of the tab “GPKeys” of QGIS's log messages.</source>
      <translation>Réessayez. Si elle se reproduit, signalez-la avec les lignes de l’onglet « GPKeys » du journal des messages de QGIS.</translation>
    </message>
    <message>
      <source>Type (BASIC, HASH or OAUTH2)</source>
      <translation>Type (BASIC, HASH ou OAUTH2)</translation>
    </message>
    <message>
      <source>Type a password of at least {count} characters for the file.</source>
      <translation>Saisissez pour le fichier un mot de passe d’au moins {count} caractères.</translation>
    </message>
    <message>
      <source>Type it again. If nobody knows it any more, change the password of the key on its page.</source>
      <translation>Saisissez-le de nouveau. Si personne ne le connaît plus, changez le mot de passe de la clé sur sa page.</translation>
    </message>
    <message>
      <source>Type it. If nobody knows it any more, change the password of the key on its page.</source>
      <translation>Saisissez-le. Si personne ne le connaît plus, changez le mot de passe de la clé sur sa page.</translation>
    </message>
    <message>
      <source>Type of key</source>
      <translation>Type de clé</translation>
    </message>
    <message>
      <source>Type of service</source>
      <translation>Type de service</translation>
    </message>
    <message>
      <source>Type the addresses of the server as seen from the Internet: without them, everybody could use the key.</source>
      <translation>Saisissez les adresses du serveur telles qu’Internet les voit : sans elles, tout le monde pourrait utiliser la clé.</translation>
    </message>
    <message>
      <source>Type the password first.</source>
      <translation>Saisissez d’abord le mot de passe.</translation>
    </message>
    <message>
      <source>URL</source>
      <translation>URL</translation>
    </message>
    <message>
      <source>URL w&amp;ith the secret</source>
      <translation>URL avec le &amp;secret</translation>
    </message>
    <message>
      <source>URL with the secret</source>
      <translation>URL avec le secret</translation>
    </message>
    <message>
      <source>Unchanged: {names}. {why}</source>
      <translation>Inchangé : {names}. {why}</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Annuler la création</translation>
    </message>
    <message>
      <source>Undo it and create the key again, or change its password on its page.</source>
      <translation>Annulez-la et créez la clé de nouveau, ou changez son mot de passe sur sa page.</translation>
    </message>
    <message>
      <source>Undo it, then start it again.</source>
      <translation>Annulez-le, puis recommencez-le.</translation>
    </message>
    <message>
      <source>Undo it: what was begun is removed.</source>
      <translation>Annulez le changement : ce qui a été commencé est retiré.</translation>
    </message>
    <message>
      <source>Undo the change</source>
      <translation>Défaire</translation>
    </message>
    <message>
      <source>Undo the change, then start it again; nothing was deleted.</source>
      <translation>Annulez le changement, puis recommencez-le ; rien n’a été supprimé.</translation>
    </message>
    <message>
      <source>Undo the change: QGIS then uses the old key again.</source>
      <translation>Annulez le changement : QGIS utilise alors de nouveau l’ancienne clé.</translation>
    </message>
    <message>
      <source>Undo the repair</source>
      <translation>Annuler la réparation</translation>
    </message>
    <message>
      <source>Undo what is left of it, then create it again.</source>
      <translation>Annulez ce qu’il en reste, puis créez-la à nouveau.</translation>
    </message>
    <message>
      <source>Undo what is left of the key, then make the key and the copy again.</source>
      <translation>Annulez ce qui reste de la clé, puis refaites la clé et la copie.</translation>
    </message>
    <message>
      <source>Undoing a half-made access key</source>
      <translation>Annulation d’une clé d’accès inachevée</translation>
    </message>
    <message>
      <source>Undoing the change of an access key</source>
      <translation>Annulation de la modification d’une clé d’accès</translation>
    </message>
    <message>
      <source>Undoing the change of the key “{name}”</source>
      <translation>Annulation de la modification de la clé « {name} »</translation>
    </message>
    <message>
      <source>Undoing the creation of the key “{name}”</source>
      <translation>Annulation de la création de la clé « {name} »</translation>
    </message>
    <message>
      <source>Undoing the half-made key…</source>
      <translation>Annulation de la clé inachevée…</translation>
    </message>
    <message>
      <source>Undoing the mending of connections</source>
      <translation>Annulation de la réparation des connexions</translation>
    </message>
    <message>
      <source>Undoing the mending of layers</source>
      <translation>Annulation de la réparation des couches</translation>
    </message>
    <message>
      <source>Undone: the key “{name}” is as it was.</source>
      <translation>Annulé : la clé « {name} » est comme avant.</translation>
    </message>
    <message>
      <source>Undone: the old key is in use again.</source>
      <translation>Annulé : l’ancienne clé est de nouveau utilisée.</translation>
    </message>
    <message>
      <source>Unfinished since {day}: {editions}</source>
      <translation>Inachevé depuis le {day} : {editions}</translation>
    </message>
    <message>
      <source>Unpack archives</source>
      <translation>Décompresser les archives</translation>
    </message>
    <message>
      <source>Unpacking “{name}”…</source>
      <translation>Décompression de « {name} »…</translation>
    </message>
    <message>
      <source>Untick all that is shown</source>
      <translation>Décocher tout ce qui est affiché</translation>
    </message>
    <message>
      <source>Until</source>
      <translation>Au</translation>
    </message>
    <message>
      <source>Until the key is connected to QGIS again, its hash stays encrypted.</source>
      <translation>Tant que la clé n’est pas de nouveau connectée à QGIS, sa chaîne de hachage reste chiffrée.</translation>
    </message>
    <message>
      <source>Until the key is connected to QGIS again, its hash stays in the URL of the connections.</source>
      <translation>Tant que la clé n’est pas de nouveau connectée à QGIS, sa chaîne de hachage reste dans l’URL des connexions.</translation>
    </message>
    <message>
      <source>Use QGIS 3.40 or newer, or a configuration with the authorization code and a client secret.</source>
      <translation>Utilisez QGIS 3.40 ou plus récent, ou une configuration avec le code d’autorisation et un secret du client.</translation>
    </message>
    <message>
      <source>Use a configuration instead</source>
      <translation>Utiliser plutôt une configuration</translation>
    </message>
    <message>
      <source>Use this account</source>
      <translation>Utiliser ce compte</translation>
    </message>
    <message>
      <source>Use this port &amp;only</source>
      <translation>N’utiliser &amp;que ce port</translation>
    </message>
    <message>
      <source>Used by: {keys}</source>
      <translation>Utilisée par : {keys}</translation>
    </message>
    <message>
      <source>User name</source>
      <translation>Nom d’utilisateur</translation>
    </message>
    <message>
      <source>User name and password in the address</source>
      <translation>Nom d’utilisateur et mot de passe dans l’adresse</translation>
    </message>
    <message>
      <source>User name: {login}</source>
      <translation>Nom d’utilisateur : {login}</translation>
    </message>
    <message>
      <source>User-Agent contains</source>
      <translation>Le User-Agent contient</translation>
    </message>
    <message>
      <source>User-Agent: {filter}</source>
      <translation>User-Agent : {filter}</translation>
    </message>
    <message>
      <source>Uses your Géoplateforme account: strong authentication. Only one OAuth2 key per account.</source>
      <translation>Utilise votre compte Géoplateforme : authentification forte. Une seule clé OAuth2 est autorisée par compte.</translation>
    </message>
    <message>
      <source>Value relation</source>
      <translation>Valeur relationnelle</translation>
    </message>
    <message>
      <source>Variable</source>
      <translation>Variable</translation>
    </message>
    <message>
      <source>Vector tiles</source>
      <translation>Tuiles vectorielles</translation>
    </message>
    <message>
      <source>Vector tiles connection</source>
      <translation>Connexion de tuiles vectorielles</translation>
    </message>
    <message>
      <source>Very strong</source>
      <translation>Très fort</translation>
    </message>
    <message>
      <source>Very weak</source>
      <translation>Très faible</translation>
    </message>
    <message>
      <source>Volume</source>
      <translation>Volume</translation>
    </message>
    <message>
      <source>Volume (bytes)</source>
      <translation>Volume (octets)</translation>
    </message>
    <message>
      <source>Volume of this key in 12 months: {size}.</source>
      <translation>Volume de cette clé en 12 mois : {size}.</translation>
    </message>
    <message>
      <source>WMS raster</source>
      <translation>WMS raster</translation>
    </message>
    <message>
      <source>WMS vector</source>
      <translation>WMS vecteur</translation>
    </message>
    <message>
      <source>Wait a minute, then try again.</source>
      <translation>Patientez une minute, puis réessayez.</translation>
    </message>
    <message>
      <source>Wait until it has ended, then refresh.</source>
      <translation>Attendez qu’elle soit terminée, puis actualisez.</translation>
    </message>
    <message>
      <source>Wait until it has ended.</source>
      <translation>Attendez que ce soit terminé.</translation>
    </message>
    <message>
      <source>Wait {minutes} min, then test again.</source>
      <translation>Attendez {minutes} min, puis testez à nouveau.</translation>
    </message>
    <message>
      <source>Wait {seconds} s, then test again.</source>
      <translation>Attendez {seconds} s, puis testez à nouveau.</translation>
    </message>
    <message>
      <source>Waiting for your browser…</source>
      <translation>En attente de votre navigateur…</translation>
    </message>
    <message>
      <source>Warning: {text}</source>
      <translation>Attention : {text}</translation>
    </message>
    <message>
      <source>Weak</source>
      <translation>Faible</translation>
    </message>
    <message>
      <source>What &amp;is mended</source>
      <translation>Ce &amp;qui est réparé</translation>
    </message>
    <message>
      <source>What QGIS holds for this key is written again.</source>
      <translation>Ce que QGIS possède pour cette clé est réécrit.</translation>
    </message>
    <message>
      <source>What QGIS holds may be out of date: connect the key to this QGIS again. A key made a moment ago may take a minute.</source>
      <translation>Ce que QGIS possède n’est peut-être plus à jour : connectez de nouveau la clé à ce QGIS. Une clé toute récente peut demander une minute.</translation>
    </message>
    <message>
      <source>What QGIS holds of the key could not all be removed: {reason}</source>
      <translation>Une partie de ce que QGIS détient de la clé n’a pas pu être retirée : {reason}</translation>
    </message>
    <message>
      <source>What is mended, and how</source>
      <translation>Choix de la réparation</translation>
    </message>
    <message>
      <source>What is not given stays as it is; an empty text clears a filter. ADD_OFFERINGS and REMOVE_OFFERINGS take ids and layer names, separated by commas, or *. If the key has these values already, nothing is sent. A change that was cut off is ended first when it is run again.</source>
      <translation>Ce qui n’est pas donné reste tel quel ; un texte vide efface un filtre. ADD_OFFERINGS et REMOVE_OFFERINGS acceptent des identifiants et des noms de couches séparés par des virgules, ou *. Si la clé a déjà ces valeurs, rien n’est envoyé. Une modification qui avait été interrompue est d’abord terminée si l’on relance le traitement.</translation>
    </message>
    <message>
      <source>What mends it</source>
      <translation>Ce qui le répare</translation>
    </message>
    <message>
      <source>What needs a key</source>
      <translation>Ce qui a besoin d’une clé</translation>
    </message>
    <message>
      <source>What needs an access key in projects</source>
      <translation>Ce qui a besoin d’une clé d’accès dans des projets</translation>
    </message>
    <message>
      <source>What surely does not draw any more</source>
      <translation>Ce qui ne s’affiche plus</translation>
    </message>
    <message>
      <source>What the plugin made for it: {names}.</source>
      <translation>Ce que l’extension a créé pour elle : {names}.</translation>
    </message>
    <message>
      <source>What to do</source>
      <translation>Que faire ?</translation>
    </message>
    <message>
      <source>What was mended and what was left</source>
      <translation>Ce qui a été réparé et ce qui a été laissé</translation>
    </message>
    <message>
      <source>What will be sent: {pattern}</source>
      <translation>Valeur envoyée : {pattern}</translation>
    </message>
    <message>
      <source>What will change</source>
      <translation>Ce qui va changer</translation>
    </message>
    <message>
      <source>What your keys open could not be read.</source>
      <translation>Ce que vos clés ouvrent n’a pas pu être lu.</translation>
    </message>
    <message>
      <source>When it was last used is not known.</source>
      <translation>Sa dernière utilisation n’est pas connue.</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Où</translation>
    </message>
    <message>
      <source>Where QGIS &amp;keeps the hash</source>
      <translation>Où QGIS conserve la chaîne &amp;de hachage</translation>
    </message>
    <message>
      <source>Where QGIS &amp;keeps the hash, unless you choose otherwise</source>
      <translation>Où QGIS conserve la chaîne de hachage par &amp;défaut</translation>
    </message>
    <message>
      <source>Where QGIS keeps it already</source>
      <translation>Là où QGIS la conserve déjà</translation>
    </message>
    <message>
      <source>Where a hash &amp;goes</source>
      <translation>Où va une chaîne de &amp;hachage</translation>
    </message>
    <message>
      <source>Where should QGIS keep the hash?</source>
      <translation>Où QGIS doit-il conserver la chaîne de hachage ?</translation>
    </message>
    <message>
      <source>Where the key goes</source>
      <translation>Où mettre la clé</translation>
    </message>
    <message>
      <source>Whether anything was changed</source>
      <translation>Si quelque chose a été modifié</translation>
    </message>
    <message>
      <source>Whether every service works</source>
      <translation>Si tous les services fonctionnent</translation>
    </message>
    <message>
      <source>White list</source>
      <translation>Liste blanche</translation>
    </message>
    <message>
      <source>Who can read the project on the server sees the hash. Visitors of the map do not, unless the browser asks these layers itself (in Lizmap: “Third party WMS”).</source>
      <translation>Qui peut lire le projet sur le serveur voit la chaîne de hachage. Les visiteurs de la carte ne la voient pas, sauf si le navigateur interroge lui-même ces couches (dans Lizmap : « WMS tiers »).</translation>
    </message>
    <message>
      <source>Who opens this project elsewhere needs an access key.</source>
      <translation>Qui ouvre ce projet ailleurs a besoin d’une clé d’accès.</translation>
    </message>
    <message>
      <source>Whoever gets the project can read the hash, and draws with your key. For keys of type HASH.</source>
      <translation>Qui reçoit le projet peut lire la chaîne de hachage, et dessine avec votre clé. Pour les clés HASH.</translation>
    </message>
    <message>
      <source>With a configuration instead, by their documentation: QField reads from its folder “auth” what QGIS’s options export without a password, in clear; a hash in a header only in versions after 4.1.2. Mergin Maps takes configurations along since 2026. None of this was tried for this plugin: try it before you go out.</source>
      <translation>Avec une configuration, d’après leur documentation : QField lit dans son dossier « auth » ce que les options de QGIS exportent sans mot de passe, en clair ; une chaîne de hachage en en-tête seulement dans les versions après la 4.1.2. Mergin Maps emporte les configurations depuis 2026. Rien de cela n’a été essayé pour cette extension : essayez-le avant de partir sur le terrain.</translation>
    </message>
    <message>
      <source>With a number of days, only the keys with a permission that has ended or ends by then: a scheduled run tells in time which permissions to have extended. What keys open and when they were last used is a request to the Géoplateforme for each key: without both, names and ids are there at once. The file is JSON, or CSV when its name ends in .csv.</source>
      <translation>Avec un nombre de jours, seulement les clés dont une permission a expiré ou expire d’ici là : une exécution planifiée prévient à temps des permissions à faire prolonger. Ce que chaque clé ouvre et sa dernière utilisation demandent chacun une requête à la Géoplateforme par clé : sans les deux, noms et identifiants sont là aussitôt. Le fichier est en JSON, ou en CSV si son nom se termine par .csv.</translation>
    </message>
    <message>
      <source>With the hash in the URLs nothing else need be taken along: QField and Mergin Maps ask them like any other address. Give the device a key of its own, and delete it when the device is lost. A device changes its address, so that the key cannot be kept to some of them.</source>
      <translation>Avec la chaîne de hachage dans les URL, il n’y a rien d’autre à emporter : QField et Mergin Maps les interrogent comme toute autre adresse. Donnez à l’appareil une clé à lui et supprimez-la si l’appareil est perdu. Un appareil change d’adresse : la clé ne peut pas être limitée à certaines.</translation>
    </message>
    <message>
      <source>With the id {id}, your key would be sent to other servers, too: see {files}.</source>
      <translation>Avec l’identifiant {id}, votre clé serait aussi envoyée à d’autres serveurs : voyez {files}.</translation>
    </message>
    <message>
      <source>With this id, these layers of the project would send your key to other servers: {names}.</source>
      <translation>Avec cet identifiant, ces couches du projet enverraient votre clé à d’autres serveurs : {names}.</translation>
    </message>
    <message>
      <source>Without EDITION, only the newest edition of each product, zone and format; with *, all of them, which takes a while: the service takes ten requests a second. The file is JSON, or CSV when its name ends in .csv.</source>
      <translation>Sans EDITION, seulement la dernière édition de chaque produit, zone et format ; avec *, toutes, ce qui prend du temps : le service accepte dix requêtes par seconde. Le fichier est en JSON, ou en CSV si son nom se termine par .csv.</translation>
    </message>
    <message>
      <source>Without KEY, each layer gets the key that opens it; a key is used once a service has answered with it. The hash of a HASH key goes where this QGIS keeps it, unless HASH_STORAGE says otherwise. A configuration that this profile lacks is made under that id, and the file stays as it is. Files that are read-only, in use or damaged are left, and said; so is the project that is open.</source>
      <translation>Sans KEY, chaque couche reçoit la clé qui l’ouvre ; une clé sert dès qu’un service a répondu avec elle. La chaîne de hachage d’une clé HASH va là où ce QGIS la conserve, sauf si HASH_STORAGE en dit autrement. Une configuration absente de ce profil est créée sous cet identifiant, et le fichier reste tel quel. Les fichiers en lecture seule, utilisés ou endommagés sont laissés, et signalés ; le projet ouvert aussi.</translation>
    </message>
    <message>
      <source>Without a window, name a file that holds the master password in the variable QGIS_AUTH_PASSWORD_FILE.</source>
      <translation>Sans fenêtre, indiquez dans la variable QGIS_AUTH_PASSWORD_FILE un fichier qui contient le mot de passe principal.</translation>
    </message>
    <message>
      <source>Without the master password QGIS cannot keep the sign-in. Try again.</source>
      <translation>Sans le mot de passe principal, QGIS ne peut pas conserver la connexion. Réessayez.</translation>
    </message>
    <message>
      <source>Without the plugin: in QGIS’s options, under Authentication, add a configuration with the id {ids} and your own key in it, then open the project again.</source>
      <translation>Sans l’extension : dans les options de QGIS, sous Authentification, ajoutez une configuration d’identifiant {ids} avec votre propre clé, puis rouvrez le projet.</translation>
    </message>
    <message>
      <source>Works.</source>
      <translation>Fonctionne.</translation>
    </message>
    <message>
      <source>Works: it gives elevation values, not a picture.</source>
      <translation>Fonctionne : il fournit des altitudes, pas une image.</translation>
    </message>
    <message>
      <source>Works: the service accepts the key. Nothing else was tested.</source>
      <translation>Fonctionne : le service accepte la clé. Rien d’autre n’a été testé.</translation>
    </message>
    <message>
      <source>Write the connections of the key into QGIS again, and add its layers to the map.</source>
      <translation>Réécrire les connexions de la clé dans QGIS, et ajouter ses couches à la carte.</translation>
    </message>
    <message>
      <source>Write the key into QGIS</source>
      <translation>Inscrire la clé dans QGIS</translation>
    </message>
    <message>
      <source>Writes an access key that exists into this QGIS: its authentication configuration and its connections. Doing it again brings them up to date.</source>
      <translation>Inscrit dans ce QGIS une clé d’accès existante : sa configuration d’authentification et ses connexions. Relancer l’algorithme les met à jour.</translation>
    </message>
    <message>
      <source>Writing a report</source>
      <translation>Écriture d’un rapport</translation>
    </message>
    <message>
      <source>Writing the connections into QGIS…</source>
      <translation>Écriture des connexions dans QGIS…</translation>
    </message>
    <message>
      <source>Writing the copy of the project…</source>
      <translation>Écriture de la copie du projet…</translation>
    </message>
    <message>
      <source>XYZ tiles</source>
      <translation>Tuiles XYZ</translation>
    </message>
    <message>
      <source>XYZ tiles connection</source>
      <translation>Connexion de tuiles XYZ</translation>
    </message>
    <message>
      <source>You are not signed in to the Géoplateforme.</source>
      <translation>Vous n’êtes pas connecté à la Géoplateforme.</translation>
    </message>
    <message>
      <source>You are still signed in and nothing is lost. Wait a minute, then try again.</source>
      <translation>Vous êtes toujours connecté et rien n’est perdu. Attendez une minute, puis réessayez.</translation>
    </message>
    <message>
      <source>You can add the services you ticked to “{name}” instead. Its other services stay as they are.</source>
      <translation>Vous pouvez ajouter les services cochés à « {name} ». Ses autres services restent inchangés.</translation>
    </message>
    <message>
      <source>You can close this page and go back to QGIS.</source>
      <translation>Vous pouvez fermer cette page et revenir à QGIS.</translation>
    </message>
    <message>
      <source>You can still add services to your OAuth2 key “{name}”: tick them, then Next.</source>
      <translation>Ou complétez votre clé OAuth2 « {name} » : cochez des services, puis Suivant.</translation>
    </message>
    <message>
      <source>You have no access key.</source>
      <translation>Vous n’avez aucune clé d’accès.</translation>
    </message>
    <message>
      <source>You have no permission for this.</source>
      <translation>Vous n’avez pas de permission pour cela.</translation>
    </message>
    <message>
      <source>You have no right to read it.</source>
      <translation>Vous n’avez pas le droit de le lire.</translation>
    </message>
    <message>
      <source>You have {used} of {quota} keys. Delete one you no longer need before making another.</source>
      <translation>Vous utilisez {used} clés sur {quota}. Pour en créer une autre, supprimez-en une.</translation>
    </message>
    <message>
      <source>You have {used} of {quota} keys; this change needs one more for a moment.</source>
      <translation>Vous avez {used} clés sur {quota} ; ce changement en demande une de plus pendant un instant.</translation>
    </message>
    <message>
      <source>You may open it: create a key for it first.</source>
      <translation>Vous pouvez l’ouvrir : créez d’abord une clé pour cela.</translation>
    </message>
    <message>
      <source>You signed in as {account}. Last time it was another account: nothing has been done with this one yet. If it is not yours, sign in again.</source>
      <translation>La connexion s’est faite avec le compte {account}. La dernière fois, c’en était un autre : rien n’a encore été fait avec celui-ci. S’il n’est pas à vous, reconnectez-vous.</translation>
    </message>
    <message>
      <source>Your account already has its one OAuth2 key: “{name}”.</source>
      <translation>Votre compte possède déjà l’unique clé OAuth2 autorisée : « {name} ».</translation>
    </message>
    <message>
      <source>Your account already has the {quota} keys it may have.</source>
      <translation>Votre compte possède déjà les {quota} clés d’accès autorisées.</translation>
    </message>
    <message>
      <source>Your account has no key of the id or name “{key}”.</source>
      <translation>Votre compte n’a pas de clé dont l’identifiant ou le nom soit « {key} ».</translation>
    </message>
    <message>
      <source>Your account has no key of the id or name “{key}”. Did you mean {names}?</source>
      <translation>Votre compte n’a pas de clé dont l’identifiant ou le nom soit « {key} ». Vouliez-vous dire : {names} ?</translation>
    </message>
    <message>
      <source>Your account has no permission yet: ask the producer of the data for one.</source>
      <translation>Votre compte n’a pas encore de permission : demandez-en une au producteur de la donnée.</translation>
    </message>
    <message>
      <source>Your account is not allowed to do this.</source>
      <translation>Votre compte n’est pas autorisé à effectuer cette opération.</translation>
    </message>
    <message>
      <source>Your account is not allowed to do this. The Géoplateforme says: {details}</source>
      <translation>Votre compte n’est pas autorisé à effectuer cette opération. Réponse de la Géoplateforme : {details}</translation>
    </message>
    <message>
      <source>Your account knows the hash: there is nothing to type.</source>
      <translation>Votre compte connaît la chaîne de hachage : il n’y a rien à saisir.</translation>
    </message>
    <message>
      <source>Your administrator does not allow copies that hold a hash in clear.</source>
      <translation>Votre administrateur n’autorise pas les copies qui contiennent une chaîne de hachage en clair.</translation>
    </message>
    <message>
      <source>Your administrator has fixed that a hash goes into the URLs of the connections.</source>
      <translation>Votre administrateur a fixé que la chaîne de hachage va dans l’URL des connexions.</translation>
    </message>
    <message>
      <source>Your administrator has fixed that a hash is kept encrypted and sent as a header.</source>
      <translation>Votre administrateur a fixé que la chaîne de hachage est chiffrée et envoyée dans un en-tête.</translation>
    </message>
    <message>
      <source>Your administrator has fixed this option.</source>
      <translation>Votre administrateur a fixé cette option.</translation>
    </message>
    <message>
      <source>Your key is there, but QGIS could not read the layer</source>
      <translation>Votre clé est là, mais QGIS n’a pas pu lire la couche</translation>
    </message>
    <message>
      <source>Your network may want you to sign in first: open a web page to see. Otherwise try again in a few minutes.</source>
      <translation>Votre réseau demande peut-être une identification : ouvrez une page web pour le vérifier. Sinon, réessayez dans quelques minutes.</translation>
    </message>
    <message>
      <source>Your services could not be read</source>
      <translation>Vos services n’ont pas pu être lus</translation>
    </message>
    <message>
      <source>Your session has ended: sign in again.</source>
      <translation>Votre session a pris fin : reconnectez-vous.</translation>
    </message>
    <message>
      <source>Your session has ended: sign in again. Nothing you typed is lost.</source>
      <translation>Votre session a pris fin : reconnectez-vous. Rien de ce que vous avez saisi n’est perdu.</translation>
    </message>
    <message>
      <source>Zone</source>
      <translation>Zone</translation>
    </message>
    <message>
      <source>Zone: a department (63) or its name</source>
      <translation>Zone : un département (63) ou son nom</translation>
    </message>
    <message>
      <source>already there</source>
      <translation>déjà présent</translation>
    </message>
    <message>
      <source>checksum right</source>
      <translation>somme de contrôle juste</translation>
    </message>
    <message>
      <source>choice of {count} permissions</source>
      <translation>{count} permissions au choix</translation>
    </message>
    <message>
      <source>connect your key “{name}” first</source>
      <translation>connectez d’abord votre clé « {name} »</translation>
    </message>
    <message>
      <source>contains “{text}”</source>
      <translation>contient « {text} »</translation>
    </message>
    <message>
      <source>curl command</source>
      <translation>Commande curl</translation>
    </message>
    <message>
      <source>downloaded</source>
      <translation>téléchargé</translation>
    </message>
    <message>
      <source>elevation values, not a picture</source>
      <translation>des valeurs d’altitude, pas une image</translation>
    </message>
    <message>
      <source>expired on {date}</source>
      <translation>expirée le {date}</translation>
    </message>
    <message numerus="yes">
      <source>expires in {count} days</source>
      <translation>
        <numerusform>expire demain</numerusform>
        <numerusform>expire dans {count} jours</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>expires in {count} days ({date})</source>
      <translation>
        <numerusform>expire demain</numerusform>
        <numerusform>expire dans {count} jours ({date})</numerusform>
      </translation>
    </message>
    <message>
      <source>expires today</source>
      <translation>expire aujourd’hui</translation>
    </message>
    <message>
      <source>failed</source>
      <translation>échec</translation>
    </message>
    <message>
      <source>gets your key “{name}”</source>
      <translation>reçoit votre clé « {name} »</translation>
    </message>
    <message>
      <source>in QGIS</source>
      <translation>dans QGIS</translation>
    </message>
    <message>
      <source>it asks the Géoportail, which has been closed</source>
      <translation>elle interroge le Géoportail, qui a fermé</translation>
    </message>
    <message>
      <source>it does not know the key yet</source>
      <translation>il ne connaît pas encore la clé</translation>
    </message>
    <message>
      <source>it does not serve the layer (yet)</source>
      <translation>il ne diffuse pas (encore) la couche</translation>
    </message>
    <message>
      <source>it is no longer in the project</source>
      <translation>elle n’est plus dans le projet</translation>
    </message>
    <message>
      <source>it is not on the platform’s servers</source>
      <translation>il n’est pas sur les serveurs de la plateforme</translation>
    </message>
    <message>
      <source>it is of version {version}, QGIS reads version 8</source>
      <translation>il est de version {version}, QGIS lit la version 8</translation>
    </message>
    <message>
      <source>it was cancelled</source>
      <translation>l’opération a été annulée</translation>
    </message>
    <message>
      <source>it was changed meanwhile</source>
      <translation>elle a été modifiée entre-temps</translation>
    </message>
    <message>
      <source>its address is not protected: only https addresses are accepted</source>
      <translation>l’adresse n’est pas protégée : seules les adresses https sont acceptées</translation>
    </message>
    <message>
      <source>its answer cannot be read</source>
      <translation>sa réponse est illisible</translation>
    </message>
    <message>
      <source>its hash is not known to have ended</source>
      <translation>rien n’indique que son hash n’ouvre plus rien</translation>
    </message>
    <message>
      <source>its request limit is reached for the moment</source>
      <translation>sa limite de requêtes est atteinte pour le moment</translation>
    </message>
    <message>
      <source>its service does not list it for this key</source>
      <translation>son service ne la propose pas à cette clé</translation>
    </message>
    <message>
      <source>its source was changed meanwhile</source>
      <translation>sa source a été modifiée entre-temps</translation>
    </message>
    <message>
      <source>key,access,geoplateforme,cartes.gouv.fr,ign,authentication</source>
      <translation>clé,accès,géoplateforme,cartes.gouv.fr,ign,authentification</translation>
    </message>
    <message>
      <source>made on {date}</source>
      <translation>créée le {date}</translation>
    </message>
    <message>
      <source>no</source>
      <translation>non</translation>
    </message>
    <message>
      <source>no checksum to compare</source>
      <translation>pas de somme à comparer</translation>
    </message>
    <message>
      <source>no end date</source>
      <translation>sans date de fin</translation>
    </message>
    <message>
      <source>no key of yours opens it</source>
      <translation>aucune de vos clés ne l’ouvre</translation>
    </message>
    <message>
      <source>none of its layers draws these tiles</source>
      <translation>aucune de ses couches ne dessine ces tuiles</translation>
    </message>
    <message>
      <source>not used for a year</source>
      <translation>inutilisée depuis un an</translation>
    </message>
    <message>
      <source>not used in 12 months</source>
      <translation>pas utilisée en 12 mois</translation>
    </message>
    <message>
      <source>not used yet, made on {date}</source>
      <translation>pas encore utilisée, créée le {date}</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>rien</translation>
    </message>
    <message>
      <source>nothing here uses the key yet</source>
      <translation>rien n’utilise encore la clé ici</translation>
    </message>
    <message>
      <source>opens no service</source>
      <translation>n’ouvre aucun service</translation>
    </message>
    <message>
      <source>pattern {pattern}</source>
      <translation>motif {pattern}</translation>
    </message>
    <message>
      <source>reading…</source>
      <translation>lecture…</translation>
    </message>
    <message>
      <source>size unknown</source>
      <translation>taille inconnue</translation>
    </message>
    <message>
      <source>the file did not come within {seconds} seconds</source>
      <translation>le fichier n’est pas arrivé en {seconds} secondes</translation>
    </message>
    <message>
      <source>the file is larger than {megabytes} MB</source>
      <translation>le fichier dépasse {megabytes} Mo</translation>
    </message>
    <message>
      <source>the file is not there</source>
      <translation>le fichier est introuvable</translation>
    </message>
    <message>
      <source>the file received is not a set of icons</source>
      <translation>le fichier reçu n’est pas un jeu d’icônes</translation>
    </message>
    <message>
      <source>the file received is not a style</source>
      <translation>le fichier reçu n’est pas un style</translation>
    </message>
    <message>
      <source>the key does not open the file</source>
      <translation>la clé n’ouvre pas ce fichier</translation>
    </message>
    <message>
      <source>the key's filters refuse this QGIS</source>
      <translation>les filtres de la clé refusent ce QGIS</translation>
    </message>
    <message>
      <source>the project would hold too many styles with this one</source>
      <translation>avec celui-ci, le projet contiendrait trop de styles</translation>
    </message>
    <message>
      <source>the server answers {status}</source>
      <translation>le serveur répond {status}</translation>
    </message>
    <message>
      <source>the server does not answer</source>
      <translation>le serveur ne répond pas</translation>
    </message>
    <message>
      <source>the service does not answer</source>
      <translation>le service ne répond pas</translation>
    </message>
    <message>
      <source>the session has ended</source>
      <translation>la session est terminée</translation>
    </message>
    <message>
      <source>through: {licence}</source>
      <translation>via : {licence}</translation>
    </message>
    <message>
      <source>unknown type</source>
      <translation>type inconnu</translation>
    </message>
    <message>
      <source>until {date}</source>
      <translation>jusqu’au {date}</translation>
    </message>
    <message>
      <source>unused for 90 days</source>
      <translation>inutilisée depuis 90 jours</translation>
    </message>
    <message>
      <source>used on {date}</source>
      <translation>utilisée le {date}</translation>
    </message>
    <message>
      <source>user name {login}</source>
      <translation>nom d’utilisateur {login}</translation>
    </message>
    <message>
      <source>variables: {names}</source>
      <translation>variables : {names}</translation>
    </message>
    <message>
      <source>without a permission</source>
      <translation>sans permission</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>oui</translation>
    </message>
    <message numerus="yes">
      <source>{count} accesses of this key have ended: their services no longer open.</source>
      <translation>
        <numerusform>Un accès de cette clé a expiré : son service ne s’ouvre plus.</numerusform>
        <numerusform>{count} accès de cette clé ont expiré : leurs services ne s’ouvrent plus.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} already there</source>
      <translation>
        <numerusform>{count} déjà présente</numerusform>
        <numerusform>{count} déjà présentes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} authentication configurations</source>
      <translation>
        <numerusform>{count} configuration d’authentification</numerusform>
        <numerusform>{count} configurations d’authentification</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} connections</source>
      <translation>
        <numerusform>{count} connexion</numerusform>
        <numerusform>{count} connexions</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} connections are as they were before.</source>
      <translation>
        <numerusform>{count} connexion est de nouveau comme avant.</numerusform>
        <numerusform>{count} connexions sont de nouveau comme avant.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} connections were mended.</source>
      <translation>
        <numerusform>{count} connexion a été réparée.</numerusform>
        <numerusform>{count} connexions ont été réparées.</numerusform>
      </translation>
    </message>
    <message>
      <source>{count} editions in all: search them in the panel.</source>
      <translation>{count} éditions en tout : recherchez-les dans le panneau.</translation>
    </message>
    <message numerus="yes">
      <source>{count} editions read</source>
      <translation>
        <numerusform>{count} édition lue</numerusform>
        <numerusform>{count} éditions lues</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} expired accesses</source>
      <translation>
        <numerusform>{count} accès expiré</numerusform>
        <numerusform>{count} accès expirés</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} files</source>
      <translation>
        <numerusform>{count} fichier</numerusform>
        <numerusform>{count} fichiers</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} keys will soon open less; the first is “{name}”, on {day}.</source>
      <translation>
        <numerusform>Une permission de la clé « {name} » prend fin le {day} : certaines de ses couches ne s’afficheront plus.</numerusform>
        <numerusform>{count} clés ouvriront bientôt moins de services ; la première est « {name} », le {day}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers</source>
      <translation>
        <numerusform>{count} couche</numerusform>
        <numerusform>{count} couches</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers added</source>
      <translation>
        <numerusform>{count} couche ajoutée</numerusform>
        <numerusform>{count} couches ajoutées</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers are as they were before.</source>
      <translation>
        <numerusform>{count} couche est de nouveau comme avant.</numerusform>
        <numerusform>{count} couches sont de nouveau comme avant.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers draw again.</source>
      <translation>
        <numerusform>{count} couche se dessine de nouveau.</numerusform>
        <numerusform>{count} couches se dessinent de nouveau.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers need your Géoplateforme access key.</source>
      <translation>
        <numerusform>{count} couche a besoin de votre clé d’accès Géoplateforme.</numerusform>
        <numerusform>{count} couches ont besoin de votre clé d’accès Géoplateforme.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers now have the key “{name}”.</source>
      <translation>
        <numerusform>{count} couche a maintenant la clé « {name} ».</numerusform>
        <numerusform>{count} couches ont maintenant la clé « {name} ».</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers of this project need a key, and have one.</source>
      <translation>
        <numerusform>{count} couche de ce projet a besoin d’une clé, et l’a.</numerusform>
        <numerusform>{count} couches de ce projet ont besoin d’une clé, et l’ont.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers of this project need your key.</source>
      <translation>
        <numerusform>{count} couche de ce projet a besoin de votre clé.</numerusform>
        <numerusform>{count} couches de ce projet ont besoin de votre clé.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} layers were already there</source>
      <translation>
        <numerusform>{count} couche était déjà présente</numerusform>
        <numerusform>{count} couches étaient déjà présentes</numerusform>
      </translation>
    </message>
    <message>
      <source>{count} of {total} editions read</source>
      <translation>{count} éditions lues sur {total}</translation>
    </message>
    <message numerus="yes">
      <source>{count} other messages</source>
      <translation>
        <numerusform>{count} autre message</numerusform>
        <numerusform>{count} autres messages</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} places</source>
      <translation>
        <numerusform>{count} endroit</numerusform>
        <numerusform>{count} endroits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} requests</source>
      <translation>
        <numerusform>{count} requête</numerusform>
        <numerusform>{count} requêtes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} services</source>
      <translation>
        <numerusform>{count} service</numerusform>
        <numerusform>{count} services</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} services ticked</source>
      <translation>
        <numerusform>{count} service coché</numerusform>
        <numerusform>{count} services cochés</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{count} services you had ticked are no longer open to you.</source>
      <translation>
        <numerusform>{count} service que vous aviez coché ne vous est plus ouvert.</numerusform>
        <numerusform>{count} services que vous aviez cochés ne vous sont plus ouverts.</numerusform>
      </translation>
    </message>
    <message>
      <source>{file}, {layer}: {reason}</source>
      <translation>{file}, {layer} : {reason}</translation>
    </message>
    <message>
      <source>{file}: {reason}</source>
      <translation>{file} : {reason}</translation>
    </message>
    <message>
      <source>{first}
{rest}</source>
      <translation>{first}
{rest}</translation>
    </message>
    <message>
      <source>{first} – {last}</source>
      <translation>{first} – {last}</translation>
    </message>
    <message>
      <source>{free} are free on its disk.</source>
      <translation>{free} libres sur son disque.</translation>
    </message>
    <message>
      <source>{hours} h</source>
      <translation>{hours} h</translation>
    </message>
    <message>
      <source>{kind} connection</source>
      <translation>Connexion {kind}</translation>
    </message>
    <message>
      <source>{layers} of the project carry the hash again.</source>
      <translation>{layers} du projet : la chaîne de hachage est de retour.</translation>
    </message>
    <message>
      <source>{layers} of the project use a configuration now. Save the project to keep it.</source>
      <translation>{layers} du projet : une configuration remplace la chaîne de hachage. Enregistrez le projet pour le conserver.</translation>
    </message>
    <message>
      <source>{layer} ({service}): QGIS cannot show {formats}. Its URL can be copied for other software.</source>
      <translation>{layer} ({service}) : QGIS ne sait pas afficher {formats}. Son URL peut être copiée pour d’autres logiciels.</translation>
    </message>
    <message>
      <source>{layer} ({service}): elevation values, not a picture. Its URL can be copied for other software.</source>
      <translation>{layer} ({service}) : des valeurs d’altitude, pas une image. Son URL peut être copiée pour d’autres logiciels.</translation>
    </message>
    <message>
      <source>{layer} ({service}): “{url}” is not on the platform’s servers. The key was not sent there, and nothing was written for it.</source>
      <translation>{layer} ({service}) : « {url} » n’est pas sur les serveurs de la plateforme. La clé n’y a pas été envoyée, et rien n’a été écrit pour cette couche.</translation>
    </message>
    <message>
      <source>{layer}: its tiles are in {crs}, which QGIS cannot draw as tiles. Their URL can be copied for other software.</source>
      <translation>{layer} : ses tuiles sont en {crs}, que QGIS ne sait pas dessiner en tuiles. Leur URL peut être copiée pour d’autres logiciels.</translation>
    </message>
    <message>
      <source>{layer}: its tiles are in {crs}, which QGIS does not draw. It is drawn from the {service} instead.</source>
      <translation>{layer} : ses tuiles sont en {crs}, que QGIS ne dessine pas. Elle est dessinée depuis le {service} à la place.</translation>
    </message>
    <message>
      <source>{layer}: not served by {services} (yet). No connection was made for it: connect the key to QGIS again later.</source>
      <translation>{layer} : pas (encore) diffusée par {services}. Aucune connexion n’a été faite pour elle : connectez de nouveau la clé à QGIS plus tard.</translation>
    </message>
    <message>
      <source>{layer}: {reason}</source>
      <translation>{layer} : {reason}</translation>
    </message>
    <message>
      <source>{layer}: {reason}. Its levels are assumed ({first} to {last}): connect the key to QGIS again later.</source>
      <translation>{layer} : {reason}. Ses niveaux sont supposés ({first} à {last}) : connectez de nouveau la clé à QGIS plus tard.</translation>
    </message>
    <message>
      <source>{layer}: {reason}. The levels that QGIS had for it are kept.</source>
      <translation>{layer} : {reason}. Les niveaux que QGIS lui connaissait sont gardés.</translation>
    </message>
    <message>
      <source>{mended} mended, {left} left</source>
      <translation>Réparés : {mended}, laissés : {left}</translation>
    </message>
    <message>
      <source>{minutes} min</source>
      <translation>{minutes} min</translation>
    </message>
    <message numerus="yes">
      <source>{names} and {count} more</source>
      <translation>
        <numerusform>{names} et {count} de plus</numerusform>
        <numerusform>{names} et {count} de plus</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{name} and {count} more</source>
      <translation>
        <numerusform>{name} et {count} autre</numerusform>
        <numerusform>{name} et {count} autres</numerusform>
      </translation>
    </message>
    <message>
      <source>{name} – QField</source>
      <translation>{name} – QField</translation>
    </message>
    <message>
      <source>{name} – QGIS Server</source>
      <translation>{name} – QGIS Server</translation>
    </message>
    <message>
      <source>{name}: “{url}” is not on the platform’s servers. The key is not for it.</source>
      <translation>{name} : « {url} » n’est pas sur les serveurs de la plateforme. La clé ne lui est pas destinée.</translation>
    </message>
    <message>
      <source>{period}: {requests}, {size}</source>
      <translation>{period} : {requests}, {size}</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{service}: {reason}. The values of its layers are assumed: connect the key to QGIS again later.</source>
      <translation>{service} : {reason}. Les valeurs de ses couches sont supposées : connectez de nouveau la clé à QGIS plus tard.</translation>
    </message>
    <message>
      <source>{service}: {verdict}</source>
      <translation>{service} : {verdict}</translation>
    </message>
    <message>
      <source>{size} B</source>
      <translation>{size} o</translation>
    </message>
    <message>
      <source>{size} GB</source>
      <translation>{size} Go</translation>
    </message>
    <message>
      <source>{size} MB</source>
      <translation>{size} Mo</translation>
    </message>
    <message>
      <source>{size} TB</source>
      <translation>{size} To</translation>
    </message>
    <message>
      <source>{size} kB</source>
      <translation>{size} ko</translation>
    </message>
    <message>
      <source>{ticked} ({hidden} hidden by the search)</source>
      <translation>{ticked} (masqués par la recherche : {hidden})</translation>
    </message>
    <message>
      <source>{ticked} of {all}</source>
      <translation>{ticked} sur {all}</translation>
    </message>
    <message>
      <source>{title} ({kind})</source>
      <translation>{title} ({kind})</translation>
    </message>
    <message>
      <source>{title}: {old} → {new}</source>
      <translation>{title} : {old} → {new}</translation>
    </message>
    <message>
      <source>{type} key</source>
      <translation>Clé {type}</translation>
    </message>
    <message>
      <source>{type} key, {layers}</source>
      <translation>Clé {type}, {layers}</translation>
    </message>
    <message>
      <source>{used} keys used</source>
      <translation>Clés utilisées : {used}</translation>
    </message>
    <message>
      <source>{used} of {quota} keys used</source>
      <translation>Clés utilisées : {used} sur {quota}</translation>
    </message>
    <message>
      <source>{variable} must hold a whole path.</source>
      <translation>{variable} doit contenir un chemin complet.</translation>
    </message>
    <message>
      <source>“{authcfg}” is not an OAuth2 authentication configuration of this profile.</source>
      <translation>« {authcfg} » n’est pas une configuration d’authentification OAuth2 de ce profil.</translation>
    </message>
    <message>
      <source>“{entry}” is an address inside a range. Write {network} for the whole range, or {address} for this address.</source>
      <translation>« {entry} » est une adresse à l’intérieur d’une plage. Indiquez {network} pour la plage entière ou {address} pour cette seule adresse.</translation>
    </message>
    <message>
      <source>“{entry}” is neither an address nor a range. Write 192.0.2.0/24 or 2001:db8::/32.</source>
      <translation>« {entry} » n’est ni une adresse ni une plage d’adresses. Écrivez par exemple 192.0.2.0/24 ou 2001:db8::/32.</translation>
    </message>
    <message>
      <source>“{file}” cannot be written: {reason}.</source>
      <translation>« {file} » ne peut pas être écrit : {reason}.</translation>
    </message>
    <message>
      <source>“{id}” cannot be the id of an authentication configuration.</source>
      <translation>« {id} » ne peut pas être l’identifiant d’une configuration d’authentification.</translation>
    </message>
    <message>
      <source>“{licence}” ({date})</source>
      <translation>« {licence} » ({date})</translation>
    </message>
    <message>
      <source>“{member}” in it unpacks to more than a project can be.</source>
      <translation>« {member} », dans son archive, se décompresse au-delà de ce que peut être un projet.</translation>
    </message>
    <message>
      <source>“{member}” in its archive would be unpacked elsewhere.</source>
      <translation>« {member} », dans son archive, se décompresserait ailleurs.</translation>
    </message>
    <message>
      <source>“{name}” arrived twice with another checksum than the one the platform tells.</source>
      <translation>« {name} » est arrivé deux fois avec une autre somme de contrôle que celle qu’indique la plateforme.</translation>
    </message>
    <message>
      <source>“{name}” cannot be unpacked: it is damaged, or asks for a password.</source>
      <translation>« {name} » ne peut pas être décompressé : l’archive est abîmée, ou demande un mot de passe.</translation>
    </message>
    <message>
      <source>“{name}” has {size} bytes, where the platform's list says {told}.</source>
      <translation>« {name} » fait {size} octets, alors que la liste de la plateforme en annonce {told}.</translation>
    </message>
    <message>
      <source>“{name}” is empty at the platform.</source>
      <translation>« {name} » est vide sur la plateforme.</translation>
    </message>
    <message>
      <source>“{name}” is fixed and has a default: one of them is too many.</source>
      <translation>« {name} » est à la fois dans « fixed » et dans « defaults » : l’un des deux est de trop.</translation>
    </message>
    <message>
      <source>“{name}” is not known. What may stand there: {names}.</source>
      <translation>« {name} » est inconnu. Ce qui peut y figurer : {names}.</translation>
    </message>
    <message>
      <source>“{name}” must be a list of 1 to {most} ports from {first} to {last}.</source>
      <translation>« {name} » doit être une liste de 1 à {most} ports compris entre {first} et {last}.</translation>
    </message>
    <message>
      <source>“{name}” must be an https address, without a user name (http only on this computer).</source>
      <translation>« {name} » doit être une adresse https, sans nom d’utilisateur (http sur cet ordinateur seulement).</translation>
    </message>
    <message>
      <source>“{name}” must be an object.</source>
      <translation>« {name} » doit être un objet.</translation>
    </message>
    <message>
      <source>“{name}” must be one of: {names}.</source>
      <translation>« {name} » doit être l’un de : {names}.</translation>
    </message>
    <message>
      <source>“{name}” must be the identifier of an OAuth2 client.</source>
      <translation>« {name} » doit être l’identifiant d’un client OAuth2.</translation>
    </message>
    <message>
      <source>“{name}” must be true or false.</source>
      <translation>« {name} » doit être true ou false.</translation>
    </message>
    <message>
      <source>“{name}” will be deleted for good, here and everywhere it is used.</source>
      <translation>« {name} » sera supprimée définitivement, ici et partout où elle sert.</translation>
    </message>
    <message>
      <source>“{name}”: {reason}</source>
      <translation>« {name} » : {reason}</translation>
    </message>
    <message>
      <source>“{path}” cannot be written: {reason}.</source>
      <translation>« {path} » ne peut pas être écrit : {reason}.</translation>
    </message>
    <message>
      <source>“{path}” is not there.</source>
      <translation>« {path} » est introuvable.</translation>
    </message>
    <message>
      <source>“{url}” is not a complete address.</source>
      <translation>« {url} » n’est pas une adresse complète.</translation>
    </message>
    <message>
      <source>“{url}” is not protected: only https addresses are accepted.</source>
      <translation>« {url} » n’est pas protégée : seules les adresses https sont acceptées.</translation>
    </message>
    <message numerus="yes">
      <source>… and {count} more</source>
      <translation>
        <numerusform>… et {count} autre</numerusform>
        <numerusform>… et {count} autres</numerusform>
      </translation>
    </message>
    <message>
      <source>… and {files}.</source>
      <translation>… et {files}.</translation>
    </message>
  </context>
</TS>
