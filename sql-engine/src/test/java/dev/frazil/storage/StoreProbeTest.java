package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ProbeReport.Lack;
import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.FaultyObjectStore;
import dev.frazil.testing.PutFault;
import dev.frazil.testing.S3Conduct;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreProbeTest {
  @TempDir Path folder;

  @Test
  void acceptsAStoreThatKeepsConditions() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      ProbeReport report = probe(server, ConditionalS3Server.BUCKET);
      assertThat(report.safe()).as("%s", report).isTrue();
      report.requireSafe("s3://warehouse/db");
      assertThat(server.keys(ConditionalS3Server.BUCKET, "")).as("cleaned up").isEmpty();
    }
  }

  @Test
  void acceptsAVersionedBucketThatKeepsConditions() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      server.addBucket("versioned", "us-east-1", true, false, S3Conduct.CORRECT);
      assertThat(probe(server, "versioned").safe()).isTrue();
    }
  }

  @Test
  void acceptsALocalFolder() {
    Warehouse warehouse = new Warehouse.LocalFolder(folder.toString());
    try (ObjectStore store = StoreFactory.open(ConnectionConfig.of(warehouse))) {
      assertThat(StoreProbe.run(store, folder.toString(), Ids.system()).safe()).isTrue();
      assertThat(store.list(folder.toString() + "/").hasNext()).isFalse();
    }
  }

  @Test
  void namesThatConditionsAreIgnored() {
    assertRefused(S3Conduct.IGNORES_CONDITIONS, Lack.CREATE_CONDITION, Lack.STALE_SWAP);
  }

  @Test
  void namesThatIfMatchNeverMatches() {
    assertRefused(S3Conduct.IF_MATCH_NEVER_MATCHES, Lack.CURRENT_SWAP);
  }

  @Test
  void namesThatRacesAreLost() {
    assertRefused(S3Conduct.LOSES_RACES, Lack.CREATE_RACE, Lack.SWAP_RACE);
  }

  @Test
  void namesThatAVersionedBucketIgnoresCreates() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      server.addBucket("versioned", "us-east-1", true, false, S3Conduct.IGNORES_CREATE_CONDITION);
      ProbeReport report = probe(server, "versioned");
      assertThat(report.lacks().keySet()).containsExactly(Lack.CREATE_CONDITION);
      assertRefusal(report, Lack.CREATE_CONDITION);
    }
  }

  @Test
  void isNotFooledByConflictsAndOpenOutcomes() {
    for (PutFault fault :
        List.of(PutFault.CONFLICT, PutFault.LOST_BEFORE_SEND, PutFault.APPLIED_THEN_UNKNOWN)) {
      for (int calm = 0; calm < 4; calm++) {
        FaultyObjectStore store =
            new FaultyObjectStore(new FileObjectStore(TimeSource.system(), Ids.system()), 1);
        int faultAt = calm;
        int[] puts = {0};
        store.hook(
            FaultyObjectStore.Point.BEFORE_PUT_IF,
            location -> {
              if (puts[0]++ == faultAt) {
                store.nextPutIf(fault);
              }
            });
        String place = folder.resolve(fault + "-" + calm).toString();
        ProbeReport report = StoreProbe.run(store, place, Ids.seeded(1));
        assertThat(report.lacks()).as("%s at put %d", fault, calm).isEmpty();
        assertThat(store.faults()).isEqualTo(1);
      }
    }
  }

  @Test
  void passesOnThatTheStoreCannotBeWritten() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      server.addBucket("frozen", "us-east-1", false, true, S3Conduct.CORRECT);
      assertThatThrownBy(() -> probe(server, "frozen"))
          .isInstanceOf(EngineException.class)
          .extracting(e -> ((EngineException) e).state())
          .isEqualTo(SqlState.INVALID_AUTHORIZATION);
    }
  }

  @Test
  void needsNoRightToDelete() {
    try (ConditionalS3Server server = ConditionalS3Server.start()) {
      server.faults().deny(request -> request.hasQuery("delete"));
      assertThat(probe(server, ConditionalS3Server.BUCKET).safe()).isTrue();
    }
  }

  private static void assertRefused(S3Conduct conduct, Lack... lacks) {
    try (ConditionalS3Server server = ConditionalS3Server.start(conduct)) {
      ProbeReport report = probe(server, ConditionalS3Server.BUCKET);
      assertThat(report.lacks().keySet()).containsExactly(lacks);
      assertRefusal(report, lacks);
      assertThat(server.keys(ConditionalS3Server.BUCKET, ""))
          .as("nothing of the database, nothing of the probe")
          .isEmpty();
    }
  }

  private static void assertRefusal(ProbeReport report, Lack... lacks) {
    List<String> meanings = List.of(lacks).stream().map(Lack::meaning).toList();
    assertThatThrownBy(() -> report.requireSafe("s3://warehouse/db"))
        .isInstanceOf(EngineException.class)
        .hasMessageContainingAll(meanings.toArray(CharSequence[]::new))
        .hasMessageContaining("s3://warehouse/db")
        .extracting(e -> ((EngineException) e).state())
        .isEqualTo(SqlState.CONNECTION_REJECTED);
  }

  private static ProbeReport probe(ConditionalS3Server server, String bucket) {
    try (ObjectStore store = StoreFactory.open(server.config(bucket, "db", Map.of()))) {
      return StoreProbe.run(store, "s3://" + bucket + "/db", Ids.system());
    }
  }
}
