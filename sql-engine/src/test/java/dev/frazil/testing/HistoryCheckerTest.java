package dev.frazil.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.HistoryChecker.Anomaly;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories by hand: each bad one is caught and named, good ones pass. */
class HistoryCheckerTest {

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          GARBAGE            ; ok x+1 | ok x=9
          DUPLICATE          ; ok x+1 | ok x=1.1
          DUPLICATE          ; ok x+1 | ok x+2 | final x=1.2.1
          LOST_APPEND        ; ok x+1 | ok x+2 | final x=2
          LOST_APPEND        ; ok x+1 y+2 | final x=1 y=
          LOST_APPEND        ; unknown x+1 | ok x=1 | final x=
          INCOMPATIBLE_ORDER ; ok x+1 | ok x+2 | ok x=1.2 | ok x=2.1
          INCOMPATIBLE_ORDER ; ok x+1 | ok x+2 | ok x=1 | ok x=2
          INTERNAL           ; ok x+1 x=
          INTERNAL           ; ok x+1 | ok x= x=1
          INTERNAL           ; ok x+1 | ok x+2 x=2 x=1.2 | final x=1.2
          INTERNAL           ; ok x+1 x+2 x=2.1
          ABORTED_READ       ; fail x+1 | ok x=1
          ABORTED_READ       ; fail x+1 | ok x+2 | final x=1.2
          INTERMEDIATE_READ  ; ok x+1 x+2 | ok x=1 | final x=1.2
          DIRTY_WRITE        ; ok x+1 y+2 | ok x+3 y+4 | final x=1.3 y=4.2
          DIRTY_WRITE        ; ok x+1 y+2 | ok y+3 z+4 | ok z+5 x+6 | final x=6.1 y=2.3 z=4.5
          CIRCULAR_FLOW      ; ok x+1 y=2 | ok y+2 x=1
          CIRCULAR_FLOW      ; ok x+1 z=3 | ok x=1 y+2 | ok y=2 z+3
          CIRCULAR_FLOW      ; ok x+1 y+2 | ok x=1 y+3 | final x=1 y=3.2
          READ_SKEW          ; ok x+1 y+2 | ok x=1 y= | final x=1 y=2
          READ_SKEW          ; ok x= x+1 | ok x= x+2 | final x=1.2
          READ_SKEW          ; ok x+1 | ok x=1 y+2 | ok y=2 x=
          READ_SKEW          ; ok x+1 y+2 | ok x=1 x+3 | ok x=1.3 y= | final x=1.3 y=2
          LONG_FORK          ; ok x+1 | ok y+2 | ok x=1 y= | ok x= y=2
          LONG_FORK          ; ok x+1 | ok y+2 | ok x=1 y= z+3 | ok z=3 | ok x= y=2
          STALE_READ         ; p1 ok x+1 | p1 ok x= | final x=1
          STALE_READ         ; ok x+1 | p1 ok x=1 | p1 ok x=
          STALE_READ         ; p1 ok x+1 | p1 ok y+2 | ok y=2 x= | final x=1 y=2
          WRITE_SKEW         ; ok x= y= x+1 | ok x= y= y+2 | final x=1 y=2
          WRITE_SKEW         ; ok x= y+1 | ok y= z+2 | ok z= x+3 | final x=3 y=1 z=2
          WRITE_SKEW         ; ok x=1 y= x+3 | ok y+2 | ok x=1 y=2 | ok x+1 | final x=1.3 y=2
          WRITE_SKEW         ; ok x= y= x+1 | unknown x= y= y+2 | final x=1 y=2
          """)
  void badOnesAreNamed(Anomaly expected, String history) {
    assertThat(HistoryChecker.check(History.parse(history)).keySet()).contains(expected);
  }

  /** What goes around in circles is named by the worst that it shows, and by nothing else. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          WRITE_SKEW ; ok x= y= x+1 | ok x= y= y+2 | final x=1 y=2
          READ_SKEW  ; ok x= x+1 | ok x= x+2 | final x=1.2
          LONG_FORK  ; ok x+1 | ok y+2 | ok x=1 y= | ok x= y=2
          """)
  void theNameIsExact(Anomaly expected, String history) {
    assertThat(HistoryChecker.check(History.parse(history)).keySet()).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ok x=",
        "ok x+1 | ok x=1 x+2 | ok x=1.2 y+3 | final x=1.2 y=3",
        "ok x+1 x+2 x=1.2 | final x=1.2",
        "ok x= x+1 x=1 | ok x=1 x+2 x=1.2 x+3 | final x=1.2.3",
        "fail x+1 | ok x= x+2 | final x=2",
        "unknown x+1 | ok x= | final x=",
        "unknown x+1 | ok x= | final x=1",
        "unknown x+1 y+2 | ok x=1 y=2 | final x=1 y=2",
        "p1 ok x+1 | p1 ok x=1 | p2 ok x= | final x=1",
        "ok x=1 y= | ok x+1 | ok y=2 x=1 | ok y+2",
        "ok x+1 | ok y+2 | ok x=1 y= | ok x=1 y=2 | final x=1 y=2"
      })
  void goodOnesPass(String history) {
    assertThat(HistoryChecker.check(History.parse(history))).isEmpty();
  }
}
