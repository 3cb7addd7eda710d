package dev.frazil.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.error.EngineException;
import dev.frazil.storage.FetchOutcome;
import dev.frazil.storage.FileObjectStore;
import dev.frazil.storage.Ids;
import dev.frazil.storage.PutCondition;
import dev.frazil.storage.PutOutcome;
import dev.frazil.storage.TimeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fake goes wrong in the way it says, or the suites on top of it prove nothing. */
class FaultyObjectStoreTest {
  @TempDir Path folder;

  private FaultyObjectStore store;
  private String location;

  @BeforeEach
  void open() {
    store = new FaultyObjectStore(new FileObjectStore(TimeSource.system(), Ids.system()), 1);
    location = folder.resolve("root").toString();
  }

  @ParameterizedTest
  @CsvSource({
    "LOST_BEFORE_SEND,     Unknown,  before, before",
    "APPLIED_THEN_UNKNOWN, Unknown,  after,  after",
    "APPLIED_THEN_REFUSED, Refused,  after,  after",
    "APPLIED_THEN_CONFLICT,Conflict, after,  after",
    "SENT_TWICE,           Refused,  after,  after",
    "ARRIVES_LATE,         Unknown,  before, after",
    "REPEATED_LATE,        Stored,   after,  after",
    "CONFLICT,             Conflict, before, before",
  })
  void goesWrongAsItSays(PutFault fault, String outcome, String soon, String later) {
    String tag = put("before");
    store.nextPutIf(fault);
    PutOutcome answered = store.putIf(location, bytes("after"), PutCondition.ifMatch(tag));
    assertThat(answered.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(body()).isEqualTo(soon);
    store.drain();
    assertThat(body()).isEqualTo(later);
    assertThat(store.injected()).containsOnlyKeys(fault);
  }

  @Test
  void failsBeforeItSends() {
    store.nextPutIf(PutFault.FAILED_BEFORE_SEND);
    assertThatThrownBy(() -> store.putIf(location, bytes("x"), PutCondition.ifAbsent()))
        .isInstanceOf(EngineException.class);
    assertThat(store.head(location)).isEmpty();
  }

  @Test
  void aLateRequestCannotLandOnceTheObjectHasMoved() {
    String tag = put("before");
    store.nextPutIf(PutFault.ARRIVES_LATE);
    store.putIf(location, bytes("late"), PutCondition.ifMatch(tag));
    store.putIf(location, bytes("moved"), PutCondition.ifMatch(tag));
    for (int i = 0; i < 50; i++) {
      store.head(location);
    }
    assertThat(body()).isEqualTo("moved");
  }

  @Test
  void theSameSeedGoesWrongInTheSameWay() {
    assertThat(outcomes(11)).isEqualTo(outcomes(11)).isNotEqualTo(outcomes(12));
  }

  @Test
  void goesWrongAsOftenAsAsked() {
    store.rates(0.3, 0.3, 0.3);
    int failures = 0;
    for (int i = 0; i < 1_000; i++) {
      try {
        store.head(location);
      } catch (EngineException e) {
        failures++;
      }
    }
    assertThat(failures).isBetween(240, 360);
    assertThat(store.faults()).isEqualTo(failures);
  }

  @Test
  void hooksLetAnotherWriterIn() {
    String tag = put("before");
    store.hookOnce(
        FaultyObjectStore.Point.AFTER_PUT_IF,
        "root",
        where -> {
          FetchOutcome.Fetched seen = (FetchOutcome.Fetched) store.fetch(where, null, 100);
          store.putIf(where, bytes("another"), PutCondition.ifMatch(seen.entityTag()));
        });
    store.nextPutIf(PutFault.APPLIED_THEN_UNKNOWN);
    assertThat(store.putIf(location, bytes("mine"), PutCondition.ifMatch(tag)))
        .isInstanceOf(PutOutcome.Unknown.class);
    assertThat(body()).isEqualTo("another");
  }

  private List<String> outcomes(long seed) {
    FaultyObjectStore faulty =
        new FaultyObjectStore(new FileObjectStore(TimeSource.system(), Ids.system()), seed)
            .rates(0.5, 0, 0);
    List<String> outcomes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String name = folder.resolve("seed" + seed + "-" + outcomes.size()).toString();
      try {
        outcomes.add(
            faulty
                .putIf(name, bytes("x"), PutCondition.ifMatch("none"))
                .getClass()
                .getSimpleName());
      } catch (EngineException e) {
        outcomes.add(e.state().code());
      }
    }
    return outcomes;
  }

  private String put(String text) {
    return ((PutOutcome.Stored) store.putIf(location, bytes(text), PutCondition.ifAbsent()))
        .entityTag();
  }

  private String body() {
    return new String(
        ((FetchOutcome.Fetched) store.fetch(location, null, 100)).body(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
