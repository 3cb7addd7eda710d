package dev.frazil.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * A service of AWS that speaks JSON over POST, such as DynamoDB and Glue: the SDK signs (Signature
 * Version 4) and sends, but knows no operation of it; the clients that do weigh 13 MB. A request
 * that changes something is sent once and its answer told as it is; one that reads is sent again
 * while that may help. Thread-safe.
 */
public final class AwsJsonService implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();
  private static final Pattern REGION = Pattern.compile("[a-z]{2}[a-z0-9-]{1,40}");

  private final Protocol protocol;
  private final URI endpoint;
  private final String region;
  private final Duration timeout;
  private final AwsCredentialsProvider credentials;
  private final AbortableHttpClient http;
  private final RetryPolicy retries;
  private final TransferThreads threads = new TransferThreads();

  /**
   * @param label for messages, such as {@code DynamoDB}
   * @param hostName the first part of the host's name, and the name in signatures
   * @param targetPrefix what stands before the name of an operation
   * @param jsonVersion such as {@code 1.0}
   */
  public record Protocol(String label, String hostName, String targetPrefix, String jsonVersion) {
    /** Of the API version 2012-08-10. */
    public static final Protocol DYNAMO_DB =
        new Protocol("DynamoDB", "dynamodb", "DynamoDB_20120810", "1.0");

    /** The Data Catalog of AWS Glue. */
    public static final Protocol GLUE = new Protocol("AWS Glue", "glue", "AWSGlue", "1.1");
  }

  /**
   * Sends no request yet.
   *
   * @param endpointText where the service stands; null for AWS's own in the region
   */
  public AwsJsonService(
      ConnectionConfig config,
      Protocol protocol,
      @Nullable String endpointText,
      TimeSource time,
      Ids ids) {
    this.protocol = protocol;
    this.region = region(config, protocol, endpointText != null);
    this.endpoint = endpointText == null ? endpointOf(protocol, region) : endpoint(endpointText);
    this.timeout =
        Duration.ofMillis(config.integer(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, 60_000));
    this.credentials = AwsAccess.credentials(config);
    this.retries = RetryPolicy.forRequests(time, ids);
    Duration connectTimeout =
        timeout.compareTo(Duration.ofSeconds(10)) < 0 ? timeout : Duration.ofSeconds(10);
    this.http =
        new AbortableHttpClient(
            UrlConnectionHttpClient.builder()
                .socketTimeout(timeout)
                .connectionTimeout(connectTimeout)
                .build());
  }

  private static String region(
      ConnectionConfig config, Protocol protocol, boolean endpointIsGiven) {
    String region = config.text(ConnectionProperty.REGION).orElseGet(AwsAccess::regionOfProcess);
    if (region == null && endpointIsGiven) {
      return Region.US_EAST_1.id(); // what stands behind an own endpoint seldom has regions
    }
    if (region == null || !REGION.matcher(region).matches()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "in which region of AWS "
              + protocol.label()
              + " is meant is not known: give the property 'region', such as eu-west-1");
    }
    return region;
  }

  private static URI endpointOf(Protocol protocol, String ofRegion) {
    String suffix = PartitionMetadata.of(Region.of(ofRegion)).dnsSuffix();
    return URI.create("https://" + protocol.hostName() + "." + ofRegion + "." + suffix);
  }

  private static URI endpoint(String text) {
    return S3Connection.endpoint(text, ConnectionProperty.CATALOG_ENDPOINT);
  }

  /** An empty request. */
  public static ObjectNode request() {
    return JSON.createObjectNode();
  }

  /** Where requests go, for messages. */
  public String target() {
    return protocol.label() + " at " + endpoint;
  }

  /**
   * Sends a request that changes something, once, outside of any scope: a request that decides is
   * never torn off. What never left is an exception: 08001 nobody listening, 28000 no credentials.
   */
  public ServiceAnswer send(String operation, ObjectNode request) {
    return RequestScope.outside(() -> attempt(operation, request));
  }

  /**
   * Sends a request that only reads, again while that may help; 08001 and 58030 when it does not,
   * 28000 where the service denies it. What it refuses otherwise is left to the caller.
   */
  public ServiceAnswer read(String operation, ObjectNode request) {
    RequestScope scope = RequestScope.current();
    for (int failures = 1; ; failures++) {
      RuntimeException failure;
      try {
        ServiceAnswer answer =
            scope == null
                ? attempt(operation, request)
                : scope.await(() -> attempt(operation, request), threads.requests());
        if (answer instanceof ServiceAnswer.Refused refused && refused.isThrottled()) {
          failure = failure(operation, refused);
        } else if (answer instanceof ServiceAnswer.Unclear unclear) {
          failure = failure(operation, unclear);
        } else {
          return answer;
        }
      } catch (EngineException e) {
        if (!e.isPassing()) {
          throw e;
        }
        failure = e;
      } catch (IOException e) {
        throw EngineException.internal("a request to " + target(), e);
      }
      if (!retries.pauseAfter(failures)) {
        throw failure;
      }
    }
  }

  /** The exception for a refusal that the caller has no use for. */
  public EngineException failure(String operation, ServiceAnswer.Refused refused) {
    String what = protocol.label() + " refused " + operation + ": " + refused.code();
    String message = refused.message().isEmpty() ? what : what + " (" + refused.message() + ")";
    return switch (refused.code()) {
      case "AccessDeniedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "MissingAuthenticationTokenException",
          "IncompleteSignatureException",
          "ExpiredTokenException",
          "InvalidClientTokenId" ->
          new EngineException(
              SqlState.INVALID_AUTHORIZATION,
              message + ". Check the credentials, and what they are allowed to do");
      default ->
          refused.isThrottled()
              ? EngineException.passing(
                  SqlState.IO_ERROR,
                  message + ". It may pass: run the statement again",
                  new IllegalStateException(refused.code()))
              : new EngineException(SqlState.IO_ERROR, message);
    };
  }

  /** The exception for an answer that tells nothing, of a request that only read. */
  public EngineException failure(String operation, ServiceAnswer.Unclear unclear) {
    return EngineException.passing(
        SqlState.CONNECTION_FAILURE,
        "no usable answer to "
            + operation
            + " from "
            + target()
            + " ("
            + unclear.cause().getMessage()
            + "). It may pass: run the statement again",
        unclear.cause());
  }

  private ServiceAnswer attempt(String operation, ObjectNode request) {
    byte[] body;
    try {
      body = JSON.writeValueAsBytes(request);
    } catch (JsonProcessingException e) {
      throw EngineException.internal("a request to " + target(), e);
    }
    Watched watched = new Watched(body);
    HttpExecuteRequest signed;
    try {
      signed = signed(operation, watched);
    } catch (SdkClientException e) {
      throw new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "no credentials for "
              + protocol.label()
              + " were found. Give accessKeyId and secretAccessKey as connection properties, or set"
              + " up the default chain of AWS (environment variables, profile, role)",
          e);
    }
    watched.handedOver = true;
    try {
      HttpExecuteResponse response = http.prepareRequest(signed).call();
      return AwsJsonAnswers.of(response);
    } catch (IOException | UncheckedIOException e) {
      if (watched.neverLeft(e)) {
        throw EngineException.passing(
            SqlState.CONNECTION_FAILURE,
            target() + " cannot be reached (" + e + "). Check the region and the way to it",
            e);
      }
      return new ServiceAnswer.Unclear(
          e instanceof IOException io ? new UncheckedIOException(io) : (RuntimeException) e);
    }
  }

  private HttpExecuteRequest signed(String operation, Watched body) {
    SdkHttpRequest plain =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .putHeader("Content-Type", "application/x-amz-json-" + protocol.jsonVersion())
            .putHeader("Content-Length", String.valueOf(body.bytes.length))
            .putHeader("X-Amz-Target", protocol.targetPrefix() + "." + operation)
            .build();
    SignedRequest signed =
        SIGNER.sign(
            r ->
                r.identity(credentials.resolveCredentials())
                    .request(plain)
                    .payload(body::open)
                    .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, protocol.hostName())
                    .putProperty(AwsV4HttpSigner.REGION_NAME, region));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(signed.payload().orElse(body::open))
        .build();
  }

  @Override
  public void close() {
    http.close();
    if (credentials instanceof AutoCloseable chain) {
      try {
        chain.close();
      } catch (Exception e) {
        throw EngineException.internal("closing the credentials", e);
      }
    }
    threads.close();
  }

  /** A body that notices whether anybody with a connection asked for it; see {@link Departure}. */
  private static final class Watched {
    private final byte[] bytes;
    private boolean handedOver;
    private boolean askedFor;

    Watched(byte[] bytes) {
      this.bytes = bytes;
    }

    InputStream open() {
      askedFor |= handedOver;
      return new ByteArrayInputStream(bytes);
    }

    boolean neverLeft(Exception failure) {
      return !askedFor
          && (failure instanceof ConnectException
              || failure instanceof UnknownHostException
              || failure instanceof NoRouteToHostException);
    }
  }
}
