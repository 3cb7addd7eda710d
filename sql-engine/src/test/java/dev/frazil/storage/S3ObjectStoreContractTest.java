package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.ConditionalS3Server;
import dev.frazil.testing.S3Conduct;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3ObjectStoreContractTest extends ObjectStoreContract {
  private static ConditionalS3Server server;
  private static int number;

  @BeforeAll
  static void start() {
    server = ConditionalS3Server.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  ObjectStore openStore() {
    return StoreFactory.open(server.config("prefix/" + ++number));
  }

  @Override
  String root() {
    return "s3://" + ConditionalS3Server.BUCKET + "/prefix/" + number;
  }

  /** What the races of this contract see on a store that compares and stores in two steps. */
  @Test
  void theRacesSeeAStoreThatLosesThem() throws Exception {
    try (ConditionalS3Server careless = ConditionalS3Server.start(S3Conduct.LOSES_RACES);
        ObjectStore store = StoreFactory.open(careless.config("db"))) {
      int lost = 0;
      for (int race = 0; race < 10; race++) {
        String location = "s3://" + ConditionalS3Server.BUCKET + "/db/" + race;
        List<PutOutcome> outcomes =
            race(writer -> store.putIf(location, bytes("" + writer), PutCondition.ifAbsent()));
        lost += winnersOf(outcomes).size() > 1 ? 1 : 0;
      }
      assertThat(lost).isGreaterThan(5);
    }
  }
}
