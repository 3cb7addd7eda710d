package dev.frazil.architecture;

import java.util.List;

/** The packages of the house; apart from {@link HouseTest}, which reads every class to start. */
final class HouseRows {
  private HouseRows() {}

  /** Lowest first; a package uses only itself and packages before it. */
  static final List<String> LOWEST_FIRST =
      List.of(
          "error",
          "event",
          "config",
          "type",
          "memory",
          "vector",
          "kernel",
          "variant",
          "geometry",
          "function",
          "storage",
          "parquet",
          "avro",
          "orc",
          "datafile",
          "catalog",
          "txn",
          "plan",
          "exec",
          "dml",
          "maintenance",
          "engine",
          "bridge",
          "telemetry");
}
