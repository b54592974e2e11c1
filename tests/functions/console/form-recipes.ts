/**
 * What is typed into each form of the console so that it succeeds, by the route that it posts to: labels as staff read
 * them, with what goes in. The form is found on the pages that the test walks; a form that only comes after another
 * names it.
 */

/** Text, the choice of a select or of radio buttons, boxes to check, or a file. */
export type Typed = string | string[] | { name: string; text: string };

export interface Recipe {
  /** By label; of several fields of one label, the first. */
  fields?: Record<string, Typed>;
  /** The button, where the form has several. */
  press?: string;
  /** The one of several things that can be done so: part of its page's address. */
  on?: string;
  /** The form is on the page that this one leads to. */
  after?: string;
  /** Of the page that it leads to: the notice, or the title; of a download, its name. */
  says: string;
  /** It saves a file, and stays on the page. */
  saves?: true;
  /** What the page says no more, where that is all that is to be seen. */
  gone?: string;
}

const NUMBER = '06 39 98 00 05';
const TRIED = 'L’essai';
const CONTACTS = { name: 'contacts.csv', text: 'Tel\n06 39 98 00 71\n01 99 00 12 34\n' };
const KEPT = {
  Fichier: CONTACTS,
  'Comment les personnes ont donné leur accord': 'Bulletin signé',
  'Jour de l’accord': '2026-09-05',
};
const PLACE = { 'Lieu de rendez-vous': 'parking tour 4', 'Position sur la carte': '48.9101, 2.5533' };

export const RECIPES: Record<string, Recipe> = {
  '/console/sondages/nouveau': {
    fields: { 'Sujet, en français': 'le parc', 'Mot-clé': 'PARC', 'Langues à côté du français': ['arabe'] },
    says: 'Le brouillon est créé',
  },
  '/console/sondages/importer': {
    fields: {
      Fichier: { name: 'parc.csv', text: 'type,name,label::Français (fr)\ntext,mot,Que faut-il changer ?\n' },
    },
    says: 'Formulaire importé',
  },
  '/console/sondages/:key/modifier': { says: 'le square' },
  '/console/sondages/:key/editer': {
    fields: { 'Nouvelle question': 'yesno' },
    press: 'Ajouter la question',
    says: 'La question est ajoutée',
  },
  '/console/sondages/:key/reprendre': { says: 'Publier', gone: 'la dernière est la 2' },
  '/console/sondages/:key/sans-langues': { says: 'Publier', gone: 'la traduction serait perdue' },
  '/console/sondages/:key/abandonner': { says: 'Le brouillon est abandonné' },
  '/console/sondages/:key/dates': { says: 'Les jours du sondage ont changé' },
  '/console/sondages/:key/essai': { fields: { 'Numéro de téléphone': NUMBER }, says: TRIED },
  '/console/sondages/:key/publier': { says: 'Rien n’a changé' },
  '/console/resultats/:key/textes': { fields: { Étiquettes: 'propreté' }, says: 'Étiquettes enregistrées' },
  '/console/annonces/nouvelle': {
    fields: { Genre: 'Information', Français: 'Ville de Clichy: réunion jeudi' },
    press: 'Enregistrer le brouillon',
    says: 'Brouillon enregistré',
  },
  '/console/annonces/:id/modifier': {
    fields: { Français: 'Ville de Clichy: réunion vendredi' },
    press: 'Enregistrer le brouillon',
    says: 'Brouillon enregistré',
  },
  '/console/annonces/:id/proposer': { says: 'Annonce proposée' },
  '/console/annonces/:id/retirer': { on: 'A-2026-009', says: 'Annonce retirée' },
  '/console/annonces/:id/approuver': { says: 'Annonce validée' },
  '/console/annonces/:id/programmer': {
    fields: { 'Départ, à l’heure de Paris': '2026-11-27T10:00' },
    says: 'Annonce programmée',
  },
  '/console/annonces/:id/suspendre': { says: 'Annonce suspendue' },
  '/console/annonces/:id/reprendre': { says: 'Annonce reprise' },
  '/console/annonces/:id/annuler': { on: 'A-2026-002', says: 'Annonce annulée' },
  '/console/annonces/:id/essai': { on: 'A-2026-002', fields: { 'Numéro de téléphone': NUMBER }, says: TRIED },
  '/console/annonces/:id/relance': {
    fields: { Français: 'Ville de Clichy: dernier jour' },
    says: 'Relance écrite',
  },
  '/console/visites/nouvelle': {
    fields: {
      ...PLACE,
      Quartier: 'Chêne Pointu',
      Jour: '2026-12-19',
      Heure: '10:00',
      Places: '30',
      'Avec qui': 'Mme la Maire',
    },
    says: 'Visite enregistrée',
  },
  '/console/visites/:id/modifier': { fields: { Heure: '11:00' }, says: 'Visite modifiée' },
  '/console/visites/:id/approuver': { says: 'Visite validée' },
  '/console/visites/:id/places': { fields: { 'Nombre de places': '40' }, says: 'Nombre de places changé' },
  '/console/visites/:id/deplacer': { fields: { ...PLACE, Jour: '2026-12-19' }, says: 'Visite déplacée' },
  '/console/visites/:id/annuler': { fields: { Motif: 'pluie' }, says: 'Visite annulée' },
  '/console/visites/:id/bilan': {
    on: 'V-2026-001',
    fields: { Texte: 'Ville de Clichy: lampadaire réparé' },
    says: 'Bilan enregistré',
  },
  '/console/visites/:id/inviter': { says: 'Invitation écrite' },
  '/console/visites/:id/presents': { fields: { 'Sur place': '1' }, says: 'Présences enregistrées' },
  '/console/listes/_nouvelle': {
    fields: {
      Nom: 'Conseil des aînés',
      Identifiant: 'anciens',
      'À quoi elle sert': 'Préparer le conseil',
      'Base légale': 'Consentement',
      'Service responsable': 'service des aînés',
    },
    says: 'La liste est créée',
  },
  '/console/listes/:id/import': { fields: KEPT, says: 'Ce que ferait l’import' },
  '/console/listes/:id/import/confirmer': { after: '/console/listes/:id/import', says: 'Import fait' },
  '/console/listes/:id/import/lignes': {
    after: '/console/listes/:id/import',
    saves: true,
    says: 'import-delegues-lignes.csv',
  },
  '/console/listes/:id/import/abandonner': {
    after: '/console/listes/:id/import',
    says: 'Rien n’a été importé',
  },
  '/console/listes/:id/import/suivi/:suivi/confirmer': {
    says: 'Import d’un long fichier',
    gone: 'À confirmer',
  },
  '/console/listes/:id/import/suivi/:suivi/abandonner': { says: 'Rien n’a été importé' },
  '/console/habitants': { fields: { 'Numéro de téléphone': NUMBER }, says: 'Fiche d’habitant' },
  '/console/habitants/:id/corriger': { fields: { 'Tranche d’âge': '60+' }, says: 'La fiche est corrigée' },
  '/console/habitants/:id/stop': { says: 'Les messages sont arrêtés' },
  '/console/habitants/:id/retirer': {
    fields: { 'Qui le veut': 'La mairie' },
    says: 'n’est plus sur cette liste',
  },
  '/console/habitants/:id/reunir': {
    fields: { 'Son autre numéro de téléphone': '06 39 98 00 02' },
    says: 'Réunir deux fiches',
  },
  '/console/habitants/:id/reunir/:autre': {
    fields: { 'Comment vous savez que les deux sont à cette personne': 'Demande écrite' },
    says: 'Les deux fiches n’en font plus qu’une',
  },
  '/console/habitants/:id/copie': { says: 'La copie est prête' },
  '/console/habitants/:id/effacer': {
    fields: { 'Pour confirmer, écrivez EFFACER': 'EFFACER' },
    says: 'L’effacement est fait',
  },
  '/console/exports': { fields: { Sondage: 'square' }, says: 'Export :' },
  '/console/exports/contacts': {
    fields: { Liste: 'Chêne Pointu', 'Pour quoi faire': 'Appeler' },
    says: 'Export :',
  },
  '/console/reglages/canaux/reprendre': { says: 'Le canal est ouvert' },
  '/console/reglages/prix': {
    fields: { Canal: 'sms', 'Prix en euros': '0,08', 'À partir du': '2027-02-01', Source: 'Barème' },
    says: 'Enregistré',
  },
  '/console/reglages/prix/retirer': { says: 'Enregistré' },
  '/console/reglages/scrutins': { fields: { 'Jour de vote': '2027-11-21' }, says: 'Enregistré' },
  '/console/reglages/scrutins/retirer': { says: 'Proposé' },
  '/console/reglages/heures': { fields: { De: '09:00', À: '19:00' }, says: 'Enregistré' },
  '/console/reglages/rappels': { fields: { De: '14:00', À: '17:30' }, says: 'Enregistré' },
  '/console/reglages/telephone': { fields: { Téléphone: '01 99 00 56 78' }, says: 'Enregistré' },
  '/console/reglages/annonces-par-personne': { fields: { Annonces: '3' }, says: 'Proposé' },
  '/console/reglages/depense': { fields: { 'Euros par jour': '150' }, says: 'Enregistré' },
  '/console/reglages/part': { fields: { 'Pour cent': '30' }, says: 'Enregistré' },
  '/console/reglages/modeles': {
    fields: {
      Pour: 'visit',
      Catégorie: 'UTILITY',
      Langue: 'fr',
      Identifiant: `HX${'1'.repeat(32)}`,
      'Variable 1': 'text',
    },
    says: 'Enregistré',
  },
  '/console/reglages/modeles/retirer': { says: 'Enregistré' },
  '/console/reglages/quartiers/:id': { fields: { 'Mots à envoyer': 'VILLE CLICHY' }, says: 'Enregistré' },
  '/console/reglages/historique/:number/reprendre': { says: 'Enregistré' },
  '/console/reglages/historique/:number/valider': { says: 'Validé' },
  '/console/reglages/historique/:number/retirer': { says: 'Proposition retirée' },
  '/console/reglages/sessions/fermer': { says: 'Ses sessions sont fermées' },
  '/console/exports/:id/lien': { says: 'Les fichiers peuvent de nouveau être téléchargés' },
};
