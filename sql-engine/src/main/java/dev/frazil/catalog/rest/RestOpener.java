package dev.frazil.catalog.rest;

import dev.frazil.catalog.CommitGuard;
import dev.frazil.catalog.DatabaseCatalog;
import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.ConnectionProperty;
import dev.frazil.config.Warehouse;
import dev.frazil.storage.Ids;
import dev.frazil.storage.PlacedStores;
import dev.frazil.storage.RetryPolicy;
import dev.frazil.storage.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Opens REST catalogs. Stateless. */
public final class RestOpener {
  private RestOpener() {}

  /**
   * The database behind a server. Sends no request.
   *
   * @param patienceMillis how long a commit is tried before its outcome is given up
   * @param disabled guards that a test turned off
   */
  public static DatabaseCatalog open(
      ConnectionConfig config,
      Warehouse.RestCatalog catalog,
      TimeSource time,
      Ids ids,
      long patienceMillis,
      Set<CommitGuard> disabled) {
    URI address = URI.create(catalog.uri());
    PlacedStores stores = new PlacedStores(config, time, ids);
    Duration timeout =
        Duration.ofMillis(config.integer(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, 60_000));
    HttpTransport transport = new HttpTransport(timeout, stores.requests());
    RestClient client =
        new RestClient(
            catalog.uri(),
            transport,
            Authentications.of(config, address, transport, RetryPolicy.forRequests(time, ids)),
            RetryPolicy.forRequests(time, ids));
    TableAnswers answers =
        new TableAnswers(new VendedPlaces(stores, time, "http".equals(address.getScheme())));
    RestResources resources =
        new RestResources(
            client,
            address,
            config.text(ConnectionProperty.WAREHOUSE).orElse(null),
            config.text(ConnectionProperty.TABLE_LOCATIONS).isEmpty(),
            answers);
    return new RestDatabase(
        catalog.uri(),
        resources,
        answers,
        stores,
        config.flag(ConnectionProperty.READ_ONLY),
        new CommitPatience(patienceMillis, time, ids, disabled));
  }
}
