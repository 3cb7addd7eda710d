package dev.frazil.storage;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** As whom, and in which region, a connection talks to services of AWS. Stateless. */
public final class AwsAccess {
  private AwsAccess() {}

  /**
   * The keys of the configuration, or the default chain of AWS; 28000 for half a pair. Each call
   * makes a provider of its own, since a client that closes takes its provider with it; the chain's
   * is {@link AutoCloseable}.
   */
  public static AwsCredentialsProvider credentials(ConnectionConfig config) {
    Optional<String> accessKey = config.text(ConnectionProperty.ACCESS_KEY_ID);
    Optional<Secret> secretKey = config.secret(ConnectionProperty.SECRET_ACCESS_KEY);
    if (accessKey.isPresent() != secretKey.isPresent()) {
      throw new EngineException(
          SqlState.INVALID_AUTHORIZATION,
          "accessKeyId and secretAccessKey belong together: give both as connection properties, or"
              + " neither, to use the default chain of AWS");
    }
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      return DefaultCredentialsProvider.builder().build();
    }
    return StaticCredentialsProvider.create(
        AwsIdentity.of(
            new StoreCredentials(
                accessKey.get(),
                secretKey.get(),
                config.secret(ConnectionProperty.SESSION_TOKEN).orElse(null))));
  }

  /** The region that the environment of this process names; null if it names none. */
  public static @Nullable String regionOfProcess() {
    String region = System.getProperty("aws.region");
    for (String variable : new String[] {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      if (region == null || region.isEmpty()) {
        region = System.getenv(variable);
      }
    }
    return region == null || region.isEmpty() ? null : region;
  }
}
