#!/bin/sh
# Writes the fixture of SparkWarehouseTest: see README.md. Arguments go to SparkFixture instead, if there are any.
set -e
cd "$(dirname "$0")"
work="${TMPDIR:-/tmp}/frazil-spark-build"
mkdir -p "$work/classes"
[ -e "$work/classpath" ] || mvn -B -q dependency:build-classpath -Dmdep.outputFile="$work/classpath"
javac -d "$work/classes" -cp "$(cat "$work/classpath")" src/main/java/SparkFixture.java
[ $# -gt 0 ] || set -- fixture . /tmp/frazil-spark-warehouse ../resources/dev/frazil/engine/spark
exec java -Xmx2g -Duser.timezone=UTC -Dlog4j2.level=WARN \
  --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.lang.invoke=ALL-UNNAMED \
  --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED \
  --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.base/java.net=ALL-UNNAMED \
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.util.calendar=ALL-UNNAMED \
  --add-opens=java.base/sun.security.action=ALL-UNNAMED --add-opens=java.base/sun.nio.cs=ALL-UNNAMED \
  -cp "$work/classes:$(cat "$work/classpath")" SparkFixture "$@"
