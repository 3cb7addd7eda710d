package dev.frazil.catalog.rest;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;

/**
 * Requests signed with keys of AWS (Signature Version 4), as the REST catalogs of Glue and S3
 * Tables want them. Thread-safe.
 *
 * @param service the name that is signed
 */
record SignatureV4(AwsCredentialsProvider keys, String service, String region)
    implements Authentication {
  private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

  @Override
  public Map<String, String> headers(HttpCall call) {
    SdkHttpRequest.Builder request =
        SdkHttpRequest.builder().method(SdkHttpMethod.fromValue(call.method())).uri(call.uri());
    call.headers().forEach(request::putHeader);
    HttpCall.RequestBody body = call.body();
    SdkHttpRequest unsigned = request.build();
    ContentStreamProvider payload =
        body == null ? null : () -> new ByteArrayInputStream(body.bytes());
    SignedRequest signed =
        SIGNER.sign(
            sign -> {
              sign.identity(identity())
                  .request(unsigned)
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region);
              if (payload != null) {
                sign.payload(payload);
              }
            });
    Map<String, String> headers = new HashMap<>();
    signed
        .request()
        .forEachHeader(
            (name, values) -> {
              String lower = name.toLowerCase(Locale.ROOT);
              if (lower.startsWith("x-amz-") || lower.equals("authorization")) {
                headers.put(name, String.join(",", values));
              }
            });
    return headers;
  }

  private AwsCredentials identity() {
    try {
      return keys.resolveCredentials();
    } catch (SdkClientException e) {
      throw new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "no keys of AWS were found to sign requests to the catalog with. Give accessKeyId and"
              + " secretAccessKey as connection properties, or set up the default chain of AWS"
              + " (environment variables, profile, role)",
          e);
    }
  }

  /** The keys may have been renewed, and are looked at anew for each request. */
  @Override
  public boolean renew(Map<String, String> refused) {
    return true;
  }

  /** No secret is sent. */
  @Override
  public String masked(String text) {
    return text;
  }
}
