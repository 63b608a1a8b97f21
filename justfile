# Show the recipes
default:
    @just --list

# Build and serve the site at http://127.0.0.1:8080
run *ARGS:
    cargo run --release -- {{ARGS}}

# Everything that must hold, as continuous integration runs it
test *ARGS:
    ./test {{ARGS}}

# The same without the browser
fast:
    ./test --fast

# Format, lints and licences alone
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    node tools/licences.mjs

# Measure the hot paths
bench:
    cargo bench

# The map beside the same map in Leaflet, MapLibre and d3-geo
peers *ARGS:
    cargo build --release
    cd benches/map && npm ci && node run.mjs {{ARGS}}

# How fast the site answers, beside nginx with the same bytes and Datasette with the same data (needs wrk and nginx)
http *ARGS:
    cargo build --release
    python3 benches/http/run.py --program target/release/council-map {{ARGS}}

# Import a full year while the site serves under load, and judge every answer (needs wrk and openpyxl)
year:
    cargo build --release
    python3 tools/year_under_load.py --program target/release/council-map

# Attack the site on this machine while others go on asking, and judge how they fare; --behind-nginx puts nginx in front
attack *ARGS:
    cargo build --release
    python3 tools/under_attack.py --program target/release/council-map --stalled {{ARGS}}

# Kill, damage and starve the program on sites of its own, and say what was lost
faults *ARGS:
    cargo build --release
    python3 tools/faults --program target/release/council-map --attack {{ARGS}}

# Data package, OpenAPI description, export and restore: every kind of site, at length
data:
    ./test --data

# Pictures of the pages at BASE, for people who want to look
look BASE='http://127.0.0.1:8080' OUT='target/screenshots':
    node tools/screenshot.mjs {{BASE}} {{OUT}}
