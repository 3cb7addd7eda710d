package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The client of one bucket, in the bucket's region. Without a region in the configuration it starts
 * with the one of the process (or us-east-1) and moves once a store says where the bucket is, so
 * that a right guess costs no request. Thread-safe.
 *
 * <p>The client itself never retries: a blind second send of a conditional put may collide with its
 * own first one. Checksums only where S3 requires them: several compatible stores refuse the rest.
 */
final class S3Connection implements AutoCloseable {
  private static final String BUCKET_REGION_HEADER = "x-amz-bucket-region";
  private static final String DEFAULT_REGION = "us-east-1";

  private final String bucket;
  private final @Nullable URI endpoint;
  private final boolean pathStyle;
  private final boolean regionGiven;
  private final ConnectionConfig config;
  private final @Nullable StoreAccess access;
  private final Duration timeout;
  private final List<SdkAutoCloseable> toClose = new ArrayList<>();

  private S3Client client;
  private String region;
  private boolean closed;

  /**
   * @param access whose the bucket is, where it is reached as the connection's own are not
   */
  S3Connection(ConnectionConfig config, String bucket, @Nullable StoreAccess access) {
    this.bucket = bucket;
    this.access = access;
    Optional<String> address =
        access == null
            ? config.text(ConnectionProperty.ENDPOINT)
            : Optional.ofNullable(access.endpoint());
    this.endpoint = address.map(text -> endpoint(text, ConnectionProperty.ENDPOINT)).orElse(null);
    this.pathStyle =
        access == null ? config.flag(ConnectionProperty.PATH_STYLE_ACCESS) : access.pathStyle();
    Optional<String> given =
        access == null || access.region() == null
            ? config.text(ConnectionProperty.REGION)
            : Optional.of(access.region());
    this.regionGiven = given.isPresent();
    this.region = given.orElseGet(S3Connection::regionOfProcess);
    this.config = config;
    this.timeout =
        Duration.ofMillis(config.integer(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, 60_000));
    this.client = build(region);
  }

  String bucket() {
    return bucket;
  }

  Duration timeout() {
    return timeout;
  }

  /** Where requests go, for messages. */
  synchronized String target() {
    return endpoint != null ? endpoint.toString() : "AWS region " + region;
  }

  synchronized String region() {
    return region;
  }

  synchronized S3Client client() {
    if (closed) {
      throw new EngineException(SqlState.CONNECTION_CLOSED, "the object store is closed");
    }
    return client;
  }

  /**
   * Moves to the region that the store names for the bucket. Only for answers that mean "not here",
   * after which nothing has been applied.
   *
   * @return true if the request is worth sending again
   */
  boolean moveToRegionOf(S3Exception refusal, S3Client usedClient) {
    if (regionGiven || !S3Failures.isWrongRegion(refusal)) {
      return false;
    }
    String actual = regionNamedBy(refusal).or(() -> askRegion(usedClient)).orElse(null);
    synchronized (this) {
      if (client != usedClient) {
        return true; // another thread has moved already
      }
      if (actual == null || actual.equals(region) || closed) {
        return false;
      }
      region = actual;
      client = build(actual); // others may still use the one before, so it closes with all
      return true;
    }
  }

  /** The region in the headers of a refusal. */
  static Optional<String> regionNamedBy(S3Exception refusal) {
    AwsErrorDetails details = refusal.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? Optional.empty()
        : details.sdkHttpResponse().firstMatchingHeader(BUCKET_REGION_HEADER);
  }

  private Optional<String> askRegion(S3Client usedClient) {
    try {
      return Optional.ofNullable(usedClient.headBucket(r -> r.bucket(bucket)).bucketRegion());
    } catch (S3Exception e) {
      return regionNamedBy(e);
    }
  }

  private S3Client build(String regionName) {
    Duration connectTimeout =
        timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10);
    AbortableHttpClient httpClient =
        new AbortableHttpClient(
            UrlConnectionHttpClient.builder()
                .socketTimeout(timeout)
                .connectionTimeout(connectTimeout)
                .build());
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(regionName))
            .credentialsProvider(credentials())
            .httpClient(httpClient)
            .forcePathStyle(pathStyle)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                o ->
                    o.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(new Departure.Interceptor()))
            .serviceConfiguration(
                S3Configuration.builder()
                    .chunkedEncodingEnabled(false)
                    .expectContinueEnabled(false)
                    .build());
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    S3Client built = builder.build();
    toClose.add(built);
    toClose.add(httpClient);
    return built;
  }

  /** Anew for each client: a client that closes takes its provider with it. */
  private AwsCredentialsProvider credentials() {
    StoreAccess others = access;
    if (others != null) {
      return () -> AwsIdentity.of(others.credentials().get());
    }
    AwsCredentialsProvider provider = AwsAccess.credentials(config);
    if (provider instanceof SdkAutoCloseable chain) {
      toClose.add(chain);
    }
    return provider;
  }

  /** The value of a property that names where a service stands; 22023 for what is no URL. */
  static URI endpoint(String text, ConnectionProperty property) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getUserInfo() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw invalidEndpoint(property, e);
    }
    throw invalidEndpoint(property, null);
  }

  /** Does not repeat the value: somebody may have put a password into it. */
  private static EngineException invalidEndpoint(
      ConnectionProperty property, @Nullable Throwable cause) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "the property '"
            + property.propertyName()
            + "' must be a URL with a host and without a user, such as"
            + " https://s3.example.com",
        cause);
  }

  private static String regionOfProcess() {
    String region = AwsAccess.regionOfProcess();
    return region == null ? DEFAULT_REGION : region;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      toClose.forEach(SdkAutoCloseable::close);
      toClose.clear();
    }
  }
}
