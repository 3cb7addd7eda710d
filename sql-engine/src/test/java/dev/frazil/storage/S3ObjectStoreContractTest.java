package dev.frazil.storage;

import dev.frazil.testing.ConditionalS3Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

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
}
