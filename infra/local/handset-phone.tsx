/** One phone as it leaves the server: its channel, its number, its thread, and what it can send. */

const LABELS = { sms: 'SMS', whatsapp: 'WhatsApp', messenger: 'Messenger' };
export type PhoneChannel = keyof typeof LABELS;
/** The words of the example city's posters, and two that every city knows. */
const FIRST_WORDS = ['CHENE A12', 'SQUARE', 'AIDE', 'STOP'];
/** The middle of the example city. */
const PLACE = { latitude: 48.9101, longitude: 2.5533 };
/** What the example's posters lead to. */
const FIRST_LINK = 'CHENE-A12';

interface PhoneProps {
  name: string;
  channel: PhoneChannel;
  /** The phone's number; on Messenger it stands for the person. */
  own: string;
  /** How the city is called on this channel: "au 38123". */
  to: string;
  /** Radio buttons of one phone belong together by it. */
  group: string;
}

/** The client names what has a `data-` mark, and shows what is `data-only` on these channels alone. */
export function Phone({ name, channel, own, to, group }: PhoneProps) {
  return (
    <section class="phone" aria-label={name} data-channel={channel}>
      <header class="phone-top">
        <h2>{name}</h2>
        <button type="button" class="link" data-remove>
          Retirer<span class="unseen"> ce téléphone</span>
        </button>
        <fieldset class="channels">
          <legend class="unseen">Canal</legend>
          {Object.entries(LABELS).map(([value, label]) => (
            <label>
              <input type="radio" name={group} value={value} checked={value === channel} data-pick />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
        <label class="own">
          <span class="label">Son numéro</span>
          <input data-own type="tel" value={own} autocomplete="off" spellcheck={false} />
        </label>
      </header>
      <p class="window" data-window hidden={channel === 'sms'} />
      {/* In the tab order, since what scrolls must be reachable by keyboard. */}
      <div
        class="thread"
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label="Conversation"
        data-thread
        tabindex={0}
      >
        <p class="empty" data-empty>
          Pas encore de message. Touchez un mot ou écrivez <span data-to>{to}</span>.
        </p>
        <ol data-list />
        <p class="typing" data-typing />
      </div>
      <p class="total" data-total />
      <p class="error" role="alert" data-error />
      <div class="words">
        {FIRST_WORDS.map((word) => (
          <button type="button" class="word" data-word={word}>
            <span class="unseen">Envoyer </span>
            {word}
          </button>
        ))}
      </div>
      <form class="write" data-write>
        <label class="text">
          <span class="unseen">
            Message <span data-to>{to}</span>
          </span>
          <input
            data-text
            type="text"
            dir="auto"
            maxlength={1600}
            placeholder={`Message ${to}`}
            autocomplete="off"
            enterkeyhint="send"
          />
        </label>
        <button type="submit" class="send">
          Envoyer
        </button>
      </form>
      <div class="drawers">
        <details class="drawer" data-attach data-only="whatsapp messenger" hidden={channel === 'sms'}>
          <summary>Joindre</summary>
          <Attachments />
        </details>
        <details class="drawer" data-number data-only="sms whatsapp" hidden={channel === 'messenger'}>
          <summary>Ce numéro</summary>
          <div class="drawer-in">
            <label class="tick" data-only="sms" hidden={channel !== 'sms'}>
              <input type="checkbox" data-person="landline" />
              <span>Ligne fixe : ne reçoit aucun SMS</span>
            </label>
            <label class="tick">
              <input type="checkbox" data-person="optedOut" />
              <span data-only="sms" hidden={channel !== 'sms'}>
                Opposé chez l’opérateur : plus rien ne lui parvient
              </span>
              <span data-only="whatsapp" hidden={channel !== 'whatsapp'}>
                A bloqué la ville : plus rien ne lui parvient
              </span>
            </label>
          </div>
        </details>
      </div>
    </section>
  );
}

function Attachments() {
  return (
    <div class="drawer-in">
      <div class="row">
        <button type="button" class="quiet" data-photo>
          Photo d’essai
        </button>
        <label class="quiet file">
          <input type="file" accept="image/*,audio/*" data-file />
          <span>Choisir un fichier</span>
        </label>
        <button type="button" class="quiet" data-voice>
          Message vocal
        </button>
      </div>
      <form class="row" data-place>
        <label class="field">
          <span class="label">Latitude</span>
          <input
            name="latitude"
            type="number"
            step="any"
            min="-90"
            max="90"
            value={PLACE.latitude}
            required
          />
        </label>
        <label class="field">
          <span class="label">Longitude</span>
          <input
            name="longitude"
            type="number"
            step="any"
            min="-180"
            max="180"
            value={PLACE.longitude}
            required
          />
        </label>
        <button type="submit" class="quiet">
          Envoyer la position
        </button>
      </form>
      <form class="row" data-start data-only="messenger">
        <label class="field">
          <span class="label">Code du lien</span>
          <input name="ref" value={FIRST_LINK} autocomplete="off" spellcheck={false} required />
        </label>
        <button type="submit" class="quiet">
          Démarrer avec un lien
        </button>
      </form>
      <form class="row" data-human data-only="messenger">
        <label class="field">
          <span class="label">Réponse d’un agent de la ville</span>
          <input
            name="text"
            dir="auto"
            value="Bonjour, je vous réponds moi-même."
            autocomplete="off"
            required
          />
        </label>
        <button type="submit" class="quiet">
          Un agent répond
        </button>
      </form>
    </div>
  );
}
