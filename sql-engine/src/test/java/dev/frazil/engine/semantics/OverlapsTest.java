package dev.frazil.engine.semantics;

import org.junit.jupiter.api.Test;

/** OVERLAPS (ISO 9075-2, 8.14); the first four are the examples of PostgreSQL's manual, 9.9. */
class OverlapsTest extends SqlExpressions {

  @Test
  void periodsEndBeforeTheirEnd() {
    gives(
        "(DATE '2001-02-16', DATE '2001-12-21') OVERLAPS (DATE '2001-10-30', DATE '2002-10-30')",
            "true",
        "(DATE '2001-02-16', INTERVAL '100' DAY(3)) OVERLAPS (DATE '2001-10-30', DATE '2002-10-30')",
            "false",
        "(DATE '2001-10-29', DATE '2001-10-30') OVERLAPS (DATE '2001-10-30', DATE '2001-10-31')",
            "false",
        "(DATE '2001-10-30', DATE '2001-10-30') OVERLAPS (DATE '2001-10-30', DATE '2001-10-31')",
            "true",
        "(DATE '2001-10-30', DATE '2001-10-31') OVERLAPS (DATE '2001-10-29', DATE '2001-10-30')",
            "false",
        "(TIME '10:00:00', INTERVAL '1' HOUR) OVERLAPS (TIME '10:30:00', TIME '10:40:00')", "true");
  }

  @Test
  void valuesAreTurnedRoundWhereTheyMust() {
    gives(
        "(DATE '2001-12-21', DATE '2001-02-16') OVERLAPS (DATE '2002-10-30', DATE '2001-10-30')",
            "true",
        "(NULL, DATE '2001-12-22') OVERLAPS (DATE '2001-12-21', DATE '2002-10-30')", "true",
        "(NULL, DATE '2001-12-21') OVERLAPS (DATE '2001-12-21', DATE '2002-10-30')", "NULL",
        "(DATE '2001-01-01', NULL) OVERLAPS (DATE '2001-12-21', DATE '2002-10-30')", "NULL",
        "(DATE '2001-12-22', NULL) OVERLAPS (DATE '2001-12-21', DATE '2002-10-30')", "true");
  }
}
