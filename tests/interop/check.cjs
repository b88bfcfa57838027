// Loads the files of a folder that Corkboard wrote into one JavaScript library and compares them
// with graph.json. Usage: node check.cjs graphology|cytoscape FOLDER; exit 1 with the difference.
const fs = require('node:fs');
const path = require('node:path');
const assert = require('node:assert/strict');

const [program, folder] = process.argv.slice(2);
const read = name => fs.readFileSync(path.join(folder, name), 'utf8');
const truth = JSON.parse(read('graph.json'));
// A label as files other than graph.json hold it: on one line, control characters as blanks.
const shown = label => label.replace(/[\x00-\x1f\x7f-\x9f\ufffe\uffff\s]+/g, ' ').trim();
const nodes = Object.fromEntries(truth.nodes.map(n => [n.id, [shown(n.label), n.type]]).sort());
const edges = truth.edges.map(e => JSON.stringify([e.source, e.relation, e.target, e.weight])).sort();

function compare(name, foundNodes, foundEdges) {
  assert.deepEqual(Object.fromEntries(foundNodes.sort()), nodes, `${name}: nodes differ`);
  assert.deepEqual(foundEdges.map(e => JSON.stringify(e)).sort(), edges, `${name}: edges differ`);
  console.log(`${program} ${name}: ${truth.nodes.length} nodes, ${edges.length} edges the same`);
}

if (program === 'graphology') {
  const { MultiDirectedGraph } = require('graphology');
  const readers = { 'graph.gexf': require('graphology-gexf'), 'graph.graphml': require('graphology-graphml') };
  for (const [name, { parse }] of Object.entries(readers)) {
    const graph = parse(MultiDirectedGraph, read(name));
    compare(
      name,
      graph.mapNodes((id, data) => [id, [shown(data.label), data.type]]),
      graph.mapEdges((_, data, source, target) => [source, data.relation, target, data.weight])
    );
    graph.forEachNode((id, data) => {
      assert.equal(typeof data.x, 'number', `${name}: ${id} lacks x`);
      assert.equal(typeof data.size, 'number', `${name}: ${id} lacks its size`);
      assert.match(data.color, /^(#|rgb)/, `${name}: ${id} lacks its colour`);
    });
  }
} else {
  const cytoscape = require('cytoscape');
  const { elements } = JSON.parse(read('graph.cyjs'));
  const graph = cytoscape({ headless: true, elements });
  compare(
    'graph.cyjs',
    graph.nodes().map(n => [n.id(), [shown(n.data("label")), n.data("type")]]),
    graph.edges().map(e => [e.data('source'), e.data('relation'), e.data('target'), e.data('weight')])
  );
}
