package dev.frazil.catalog.rest;

import dev.frazil.config.Secret;
import java.util.Map;

/** A token that the user gave, until it expires. */
record BearerToken(Secret token) implements Authentication {
  static final String HEADER = "Authorization";

  @Override
  public Map<String, String> headers(HttpCall call) {
    return Map.of(HEADER, "Bearer " + token.reveal());
  }

  @Override
  public boolean renew(Map<String, String> refused) {
    return false;
  }

  @Override
  public String masked(String text) {
    return text.replace(token.reveal(), "***");
  }
}
