package dev.frazil.testing;

/** How the S3 test server treats conditions: as S3 does, or as stores that must be refused do. */
public enum S3Conduct {
  /** As Amazon S3. */
  CORRECT,
  /** Stores whatever comes, whatever the condition says. */
  IGNORES_CONDITIONS,
  /** Compares and stores in two steps: right in sequence, wrong in a race. */
  LOSES_RACES,
  /** Refuses every If-Match, also under the tag that it gave out. */
  IF_MATCH_NEVER_MATCHES,
  /** Stores under If-None-Match: * although an object is there, as radosgw does when versioned. */
  IGNORES_CREATE_CONDITION
}
