package dev.frazil.storage;

import dev.frazil.config.Secret;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Keys as the AWS SDK takes them. Stateless. */
final class AwsIdentity {
  private AwsIdentity() {}

  static AwsCredentials of(StoreCredentials keys) {
    Secret token = keys.sessionToken();
    return token == null
        ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey().reveal())
        : AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey().reveal(), token.reveal());
  }
}
