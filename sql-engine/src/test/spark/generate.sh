#!/bin/sh
# Writes the fixtures of SparkWarehouseTest, ForeignFormsTest and OrcFormsTest: see README.md. Arguments go to SparkFixture instead, if there are any.
set -e
cd "$(dirname "$0")"
work="${TMPDIR:-/tmp}/frazil-spark-build"
mkdir -p "$work/classes"
[ -e "$work/classpath" ] || mvn -B -q dependency:build-classpath -Dmdep.outputFile="$work/classpath"
javac -d "$work/classes" -cp "$(cat "$work/classpath")" src/main/java/*.java
resources=../resources/dev/frazil
run() {
  java -Xmx2g -Duser.timezone=UTC \
    --add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.lang.invoke=ALL-UNNAMED \
    --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.util=ALL-UNNAMED \
    --add-opens=java.base/java.util.concurrent=ALL-UNNAMED --add-opens=java.base/java.net=ALL-UNNAMED \
    --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.util.calendar=ALL-UNNAMED \
    --add-opens=java.base/sun.security.action=ALL-UNNAMED --add-opens=java.base/sun.nio.cs=ALL-UNNAMED \
    -cp "$work/classes:$(cat "$work/classpath")" "$@"
}
if [ $# -gt 0 ]; then
  run SparkFixture "$@"
else
  run ParquetFixture "$resources/parquet/forms"
  run OrcFixture "$resources/orc"
  run SparkFixture fixture . /tmp/frazil-spark-warehouse "$resources/engine/spark"
  run SparkFixture orc . /tmp/frazil-orc-warehouse "$resources/engine/spark"
fi
