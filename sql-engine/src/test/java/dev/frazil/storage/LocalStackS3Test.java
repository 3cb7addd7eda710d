package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The contract against LocalStack, where Docker is: {@code mvn verify -Pdocker}. */
@Tag("docker")
class LocalStackS3Test extends ObjectStoreContract {
  private static final String BUCKET = "frazil-contract";
  private static final String IMAGE = "localstack/localstack:4.9";

  private static LocalStackContainer container;
  private static ExternalS3 s3;
  private static int number;

  @BeforeAll
  static void start() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      return; // each test says so
    }
    container = new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("s3");
    container.start();
    s3 =
        new ExternalS3(
            container.getEndpoint().toString(), container.getAccessKey(), container.getSecretKey());
    s3.createBucket(BUCKET, false);
  }

  @AfterAll
  static void stop() {
    if (container != null) {
      container.stop();
    }
  }

  @Override
  ObjectStore openStore() {
    assumeTrue(s3 != null, "skipped: no Docker daemon to run " + IMAGE + " on");
    return StoreFactory.open(s3.config(BUCKET, "prefix/" + ++number));
  }

  @Override
  String root() {
    return "s3://" + BUCKET + "/prefix/" + number;
  }

  @Override
  int races() {
    return 50;
  }

  @Test
  void theProbeFindsNothing() {
    ProbeReport report = StoreProbe.run(store(), root(), Ids.system());
    assertThat(report.lacks()).isEmpty();
  }
}
