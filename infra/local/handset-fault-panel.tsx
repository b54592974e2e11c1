/** The panel of faults on demand as it leaves the server: which line, what goes wrong on it, how often, for whom. */

const LEGS = [
  { leg: 'twilio/send', label: 'SMS, WhatsApp : la ville envoie' },
  { leg: 'twilio/callback', label: 'SMS, WhatsApp : l’accusé revient à la ville' },
  { leg: 'twilio/inbound', label: 'SMS, WhatsApp : un message arrive à la ville' },
  { leg: 'meta/send', label: 'Messenger : la ville envoie' },
  { leg: 'meta/find', label: 'Messenger : la ville recherche un envoi' },
  { leg: 'meta/callback', label: 'Messenger : l’accusé revient à la ville' },
  { leg: 'meta/inbound', label: 'Messenger : un message arrive à la ville' },
  { leg: 'sns/send', label: 'SMS de secours (Amazon) : la ville envoie' },
];
const TWILIO = ['twilio/send', 'twilio/callback', 'twilio/inbound'];
const TO_US = ['twilio/callback', 'twilio/inbound', 'meta/callback', 'meta/inbound'];
const OURS = ['meta/send', 'meta/find'];

/** What each line can meet: only what the stand-ins carry out there. */
const KINDS: { kind: string; label: string; legs: string[] }[] = [
  { kind: 'late', label: 'en retard', legs: [...TO_US, 'twilio/send', 'meta/send'] },
  { kind: 'duplicate', label: 'deux fois', legs: TO_US },
  {
    kind: 'reordered',
    label: 'dans le désordre',
    legs: ['twilio/callback', 'twilio/inbound', 'meta/callback'],
  },
  { kind: '429', label: 'refus : trop de demandes (429)', legs: [...TWILIO, ...OURS] },
  { kind: '500', label: 'refus : panne du service (500)', legs: [...TWILIO, ...OURS] },
  { kind: 'html', label: 'page d’erreur au lieu d’une réponse (503)', legs: OURS },
  { kind: 'timeout', label: 'aucune réponse, rien n’est parti', legs: OURS },
  {
    kind: 'timeout-after-accept',
    label: 'accepté, mais la réponse se perd',
    legs: [...TWILIO, 'meta/send'],
  },
  { kind: 'reset', label: 'ligne coupée', legs: [...TWILIO, ...OURS] },
  { kind: '21610', label: 'destinataire opposé (21610)', legs: ['twilio/send'] },
  { kind: '63016', label: 'fenêtre de 24 h fermée (63016)', legs: ['twilio/send', 'twilio/callback'] },
  { kind: '30003', label: 'téléphone injoignable (30003)', legs: ['twilio/callback'] },
  { kind: '30006', label: 'ligne fixe (30006)', legs: ['twilio/callback'] },
  { kind: '30007', label: 'filtré par l’opérateur (30007)', legs: ['twilio/callback'] },
  { kind: '10/2018278', label: 'fenêtre de 24 h fermée (10/2018278)', legs: ['meta/send'] },
  { kind: '551/1545041', label: 'la personne a bloqué la page (551)', legs: ['meta/send'] },
  { kind: '190', label: 'clé d’accès périmée (190)', legs: OURS },
  { kind: 'code', label: 'un autre code', legs: ['twilio/send', 'twilio/callback', ...OURS] },
  { kind: 'throttled', label: 'refus : trop de demandes', legs: ['sns/send'] },
  { kind: 'error', label: 'refus : panne du service (500)', legs: ['sns/send'] },
  { kind: 'denied', label: 'refus : droits manquants', legs: ['sns/send'] },
  { kind: 'opted-out', label: 'destinataire opposé', legs: ['sns/send'] },
  { kind: 'invalid', label: 'numéro refusé', legs: ['sns/send'] },
  { kind: 'timeout', label: 'accepté, mais la réponse se perd', legs: ['sns/send'] },
  { kind: 'price', label: 'plafond de prix dépassé', legs: ['sns/send'] },
  { kind: 'quota', label: 'plafond de dépense atteint', legs: ['sns/send'] },
  { kind: 'unreachable', label: 'téléphone injoignable', legs: ['sns/send'] },
];

export function FaultPanel() {
  return (
    <details class="faults" id="faults">
      <summary>Pannes d’essai</summary>
      <p class="hint">Ce qui peut mal se passer entre la ville et les téléphones, à la demande.</p>
      <form id="fault" class="fault">
        <label class="field long">
          <span class="label">Où</span>
          <select name="leg">
            {LEGS.map(({ leg, label }) => (
              <option value={leg}>{label}</option>
            ))}
          </select>
        </label>
        <label class="field long">
          <span class="label">Panne</span>
          <select name="kind">
            {KINDS.map(({ kind, label, legs }) => (
              <option value={kind} data-legs={legs.join(' ')}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label class="field" hidden data-code>
          <span class="label">Code</span>
          <input name="code" inputmode="numeric" autocomplete="off" size={8} />
        </label>
        <label class="field">
          <span class="label">Combien de fois</span>
          <input name="times" type="number" min="1" max="1000" step="1" value="1" required />
        </label>
        <label class="tick">
          <input name="always" type="checkbox" />
          <span>À chaque fois</span>
        </label>
        <label class="field">
          <span class="label">Numéro (vide : tous)</span>
          <input name="address" type="tel" autocomplete="off" spellcheck={false} />
        </label>
        <button type="submit" class="quiet">
          Ajouter cette panne
        </button>
      </form>
      <p id="no-fault" class="no-fault">
        Aucune panne : tout marche.
      </p>
      <ul id="fault-list" class="fault-list" aria-label="Pannes en cours" />
      <button type="button" id="mend" class="quiet mend" hidden>
        Tout réparer
      </button>
      <p id="fault-status" class="status" role="status" />
      <p id="fault-error" class="error" role="alert" />
    </details>
  );
}
