package dev.frazil.catalog.aws;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * DynamoDB and S3 of LocalStack, where Docker is: {@code mvn verify -Pdocker}. Its free edition has
 * no Glue.
 */
@Tag("docker")
class LocalStackCatalogsTest {
  private static final String IMAGE = "localstack/localstack:4.9";

  @Test
  void dynamoDb() {
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "skipped: no Docker daemon to run " + IMAGE + " on");
    try (LocalStackContainer container =
        new LocalStackContainer(DockerImageName.parse(IMAGE)).withServices("s3", "dynamodb")) {
      container.start();
      createBucket(container);
      RealAwsCatalogsTest.writeAndRead(
          new ConnectionConfig(
              new Warehouse.DynamoDbCatalog("catalog", new Warehouse.S3Prefix("files", "w")),
              Map.of(
                  ConnectionProperty.ENDPOINT,
                  container.getEndpoint().toString(),
                  ConnectionProperty.CATALOG_ENDPOINT,
                  container.getEndpoint().toString(),
                  ConnectionProperty.PATH_STYLE_ACCESS,
                  "true",
                  ConnectionProperty.REGION,
                  "us-east-1",
                  ConnectionProperty.ACCESS_KEY_ID,
                  container.getAccessKey()),
              Map.of(ConnectionProperty.SECRET_ACCESS_KEY, new Secret(container.getSecretKey()))));
    }
  }

  private static void createBucket(LocalStackContainer container) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create(container.getEndpoint().toString()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(container.getAccessKey(), container.getSecretKey())))
            .build()) {
      client.createBucket(request -> request.bucket("files"));
    }
  }
}
