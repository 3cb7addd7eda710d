package dev.frazil.catalog.rest;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Secret;
import dev.frazil.storage.TimeSource;
import java.util.Optional;

/** Chooses how a connection shows who it is. Stateless. */
final class Authentications {
  private Authentications() {}

  static Authentication of(
      ConnectionConfig config, String address, HttpTransport transport, TimeSource time) {
    Optional<Secret> token = config.secret(ConnectionProperty.TOKEN);
    return token.isPresent() ? new BearerToken(token.get()) : Authentication.NONE;
  }
}
