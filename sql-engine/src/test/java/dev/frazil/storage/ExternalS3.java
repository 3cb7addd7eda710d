package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.config.Warehouse;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** An S3 store that somebody else wrote, reached by endpoint and keys. */
record ExternalS3(String endpoint, String accessKey, String secretKey) {

  /** A system property, or the environment variable of the same name in capitals. */
  static Optional<String> setting(String name) {
    String value = System.getProperty(name);
    return Optional.ofNullable(
            value != null
                ? value
                : System.getenv(name.toUpperCase(java.util.Locale.ROOT).replace('.', '_')))
        .filter(text -> !text.isBlank());
  }

  ConnectionConfig config(String bucket, String prefix) {
    Map<ConnectionProperty, String> values = new HashMap<>();
    values.put(ConnectionProperty.ENDPOINT, endpoint);
    values.put(ConnectionProperty.PATH_STYLE_ACCESS, "true");
    values.put(ConnectionProperty.REGION, "us-east-1");
    values.put(ConnectionProperty.ACCESS_KEY_ID, accessKey);
    return new ConnectionConfig(
        new Warehouse.S3Prefix(bucket, prefix),
        values,
        Map.of(ConnectionProperty.SECRET_ACCESS_KEY, new Secret(secretKey)));
  }

  void createBucket(String bucket, boolean versioned) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
            .build()) {
      client.createBucket(r -> r.bucket(bucket));
      if (versioned) {
        client.putBucketVersioning(
            r ->
                r.bucket(bucket)
                    .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
      }
    }
  }
}
