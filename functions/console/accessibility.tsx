/** The accessibility statement (RGAA 4.1, article 47 of the law of 11 February 2005). Open to all who may sign in. */
import { ROOT } from './navigation.ts';
import type { Asked, Page, Route } from './page.ts';

const show = ({ deps: { world } }: Asked): Page => ({
  title: 'Accessibilité',
  purpose: 'Ce que cette console fait pour être utilisable par toutes et tous, et ce qui manque encore.',
  body: (
    <>
      <p>
        {world.city.name} s’engage à rendre ses services numériques accessibles, conformément à l’article 47
        de la loi n° 2005-102 du 11 février 2005. Cette déclaration s’applique à la console Porte-Voix.
      </p>
      <h2>État de conformité</h2>
      <p>
        La console est <strong>partiellement conforme</strong> au référentiel général d’amélioration de
        l’accessibilité (RGAA 4.1) : elle n’a pas encore fait l’objet d’un audit par un tiers. Chaque page est
        vérifiée par un outil automatique (axe-core), qui ne voit qu’une partie des critères.
      </p>
      <h2>Ce qui est fait</h2>
      <ul>
        <li>Tout s’utilise au clavier, et sans JavaScript.</li>
        <li>Chaque champ a son intitulé ; chaque erreur est liée à son champ et rappelée en haut de page.</li>
        <li>Les contrastes atteignent 4,5:1 ; la couleur n’est jamais la seule information.</li>
        <li>Chaque graphique est accompagné de son tableau.</li>
        <li>Le texte peut être agrandi à 200 % ; rien ne bouge si vous avez demandé moins d’animations.</li>
      </ul>
      <h2>Ce qui manque</h2>
      <ul>
        <li>Un audit humain, avec des lecteurs d’écran et des personnes concernées.</li>
        <li>Les fichiers Excel exportés n’ont pas été vérifiés.</li>
      </ul>
      <h2>Signaler un problème</h2>
      <p>
        Écrivez à la ville : <a href={`https://${world.city.site}`}>{world.city.site}</a>. Sans réponse de sa
        part, vous pouvez saisir le Défenseur des droits (defenseurdesdroits.fr).
      </p>
    </>
  ),
});

export const accessibilityRoutes: Route[] = [
  { method: 'GET', path: `${ROOT}/accessibilite`, right: 'home', make: show },
];
