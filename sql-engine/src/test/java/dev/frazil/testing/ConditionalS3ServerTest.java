package dev.frazil.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The server, as a client with the settings of the SDK sees it: chunked, signed, checksummed. */
class ConditionalS3ServerTest {
  private final ConditionalS3Server server = ConditionalS3Server.start();
  private final S3Client client = client(ConditionalS3Server.SECRET_KEY);

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void acceptsSignedChunks() {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    client.putObject(r -> r.bucket("warehouse").key("a b/ü"), RequestBody.fromBytes(content));
    assertThat(server.peek("warehouse", "a b/ü")).isEqualTo(content);
    assertThat(client.getObjectAsBytes(r -> r.bucket("warehouse").key("a b/ü")).asByteArray())
        .isEqualTo(content);
  }

  @Test
  void refusesAWrongSignature() {
    try (S3Client thief = client("another-secret")) {
      assertThatThrownBy(() -> thief.headBucket(r -> r.bucket("warehouse")))
          .isInstanceOfSatisfying(
              S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
      assertThatThrownBy(
              () ->
                  thief.putObject(r -> r.bucket("warehouse").key("x"), RequestBody.fromString("x")))
          .hasMessageContaining("signature");
    }
    assertThat(server.keys("warehouse", "")).isEmpty();
  }

  @Test
  void refusesWhatIsNotSigned() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.endpoint() + "/warehouse/x"))
                    .PUT(HttpRequest.BodyPublishers.ofString("x"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("AccessDenied");
  }

  @Test
  void refusesABodyThatWasChangedOnTheWay() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.endpoint() + "/warehouse/x"))
                    .header("Authorization", "AWS4-HMAC-SHA256 Credential=x, garbage")
                    .PUT(HttpRequest.BodyPublishers.ofString("x"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void listsByDelimiterAndPage() {
    for (String key : List.of("a/1", "a/2", "b", "c/1", "d")) {
      server.poke("warehouse", key, new byte[1]);
    }
    ListObjectsV2Response first =
        client.listObjectsV2(r -> r.bucket("warehouse").delimiter("/").maxKeys(2));
    assertThat(first.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("a/");
    assertThat(first.contents()).extracting(o -> o.key()).containsExactly("b");
    assertThat(first.isTruncated()).isTrue();
    ListObjectsV2Response second =
        client.listObjectsV2(
            r ->
                r.bucket("warehouse")
                    .delimiter("/")
                    .continuationToken(first.nextContinuationToken()));
    assertThat(second.commonPrefixes()).extracting(p -> p.prefix()).containsExactly("c/");
    assertThat(second.contents()).extracting(o -> o.key()).containsExactly("d");
    assertThat(second.isTruncated()).isFalse();
  }

  @Test
  void keepsVersions() {
    server.addBucket("versioned", "us-east-1", true, false, S3Conduct.CORRECT);
    String first =
        client
            .putObject(r -> r.bucket("versioned").key("x"), RequestBody.fromString("one"))
            .versionId();
    client.putObject(r -> r.bucket("versioned").key("x"), RequestBody.fromString("two"));
    client.deleteObject(r -> r.bucket("versioned").key("x"));
    assertThatThrownBy(() -> client.headObject(r -> r.bucket("versioned").key("x")))
        .isInstanceOf(S3Exception.class);
    assertThat(
            client
                .getObjectAsBytes(r -> r.bucket("versioned").key("x").versionId(first))
                .asUtf8String())
        .isEqualTo("one");
    assertThat(client.listObjectVersions(r -> r.bucket("versioned")).versions())
        .extracting(ObjectVersion::size)
        .containsExactly(3L, 3L);
  }

  @Test
  void copies() {
    server.poke("warehouse", "from", new byte[] {1, 2});
    client.copyObject(
        r ->
            r.sourceBucket("warehouse")
                .sourceKey("from")
                .destinationBucket("warehouse")
                .destinationKey("to"));
    assertThat(server.peek("warehouse", "to")).containsExactly(1, 2);
  }

  @Test
  void namesTheRegionOfABucket() {
    server.addBucket("elsewhere", "eu-west-3", false, false, S3Conduct.CORRECT);
    assertThatThrownBy(() -> client.headBucket(r -> r.bucket("elsewhere")))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e ->
                assertThat(
                        e.awsErrorDetails()
                            .sdkHttpResponse()
                            .firstMatchingHeader("x-amz-bucket-region"))
                    .contains("eu-west-3"));
  }

  private S3Client client(String secretKey) {
    return S3Client.builder()
        .endpointOverride(URI.create(server.endpoint()))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(ConditionalS3Server.ACCESS_KEY, secretKey)))
        .build();
  }
}
