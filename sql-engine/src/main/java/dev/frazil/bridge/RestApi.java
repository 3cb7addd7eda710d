package dev.frazil.bridge;

import dev.frazil.catalog.DatabaseCatalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.rest.Endpoint;
import org.apache.iceberg.rest.responses.ConfigResponse;

/** The endpoints that a database offers, and what it tells of itself. Thread-safe. */
final class RestApi {
  private final String warehouse;
  private final Map<String, String> clientDefaults;
  private final boolean readOnly;
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param warehouse its location
   * @param readOnly without the endpoints that change something
   * @param clientDefaults properties that clients take where they have none of their own
   */
  RestApi(
      DatabaseCatalog catalog,
      GuardedChange changes,
      Places places,
      String warehouse,
      boolean readOnly,
      Map<String, String> clientDefaults) {
    this.warehouse = warehouse;
    this.readOnly = readOnly;
    this.clientDefaults = Map.copyOf(clientDefaults);
    NamespaceEndpoints namespaces = new NamespaceEndpoints(catalog, changes);
    TableEndpoints tables = new TableEndpoints(catalog, changes, places);
    TableCommits commits = new TableCommits(catalog, changes, places);
    routes.add(Route.reading(Endpoint.create("GET", "/v1/config"), this::config));
    routes.add(Route.reading(Endpoint.V1_LIST_NAMESPACES, namespaces::list));
    routes.add(Route.reading(Endpoint.V1_LOAD_NAMESPACE, namespaces::load));
    routes.add(Route.reading(Endpoint.V1_NAMESPACE_EXISTS, namespaces::exists));
    routes.add(Route.writing(Endpoint.V1_CREATE_NAMESPACE, namespaces::create));
    routes.add(Route.writing(Endpoint.V1_UPDATE_NAMESPACE, namespaces::update));
    routes.add(Route.writing(Endpoint.V1_DELETE_NAMESPACE, namespaces::drop));
    routes.add(Route.reading(Endpoint.V1_LIST_TABLES, tables::list));
    routes.add(Route.reading(Endpoint.V1_LOAD_TABLE, tables::load));
    routes.add(Route.reading(Endpoint.V1_TABLE_EXISTS, tables::exists));
    routes.add(Route.reading(Endpoint.V1_REPORT_METRICS, tables::metrics));
    routes.add(Route.writing(Endpoint.V1_CREATE_TABLE, tables::create));
    routes.add(Route.writing(Endpoint.V1_UPDATE_TABLE, commits::commit));
    routes.add(Route.writing(Endpoint.V1_DELETE_TABLE, tables::drop));
    routes.add(Route.writing(Endpoint.V1_RENAME_TABLE, tables::rename));
    routes.add(Route.writing(Endpoint.V1_REGISTER_TABLE, tables::register));
    if (catalog.commitsTogether()) {
      routes.add(Route.writing(Endpoint.V1_COMMIT_TRANSACTION, commits::commitTogether));
    }
    if (catalog.holdsViews()) {
      ViewEndpoints views = new ViewEndpoints(catalog, changes, places);
      routes.add(Route.reading(Endpoint.V1_LIST_VIEWS, views::list));
      routes.add(Route.reading(Endpoint.V1_LOAD_VIEW, views::load));
      routes.add(Route.reading(Endpoint.V1_VIEW_EXISTS, views::exists));
      routes.add(Route.writing(Endpoint.V1_CREATE_VIEW, views::create));
      routes.add(Route.writing(Endpoint.V1_UPDATE_VIEW, views::update));
      routes.add(Route.writing(Endpoint.V1_DELETE_VIEW, views::drop));
      routes.add(Route.writing(Endpoint.V1_RENAME_VIEW, views::rename));
      routes.add(Route.writing(Endpoint.V1_REGISTER_VIEW, views::register));
    }
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Whether changes are refused. */
  boolean readOnly() {
    return readOnly;
  }

  /** What a client may ask for. The server has one warehouse; a client that names another errs. */
  private RestAnswer config(RestRequest request) {
    request
        .parameter("warehouse")
        .filter(named -> !named.isEmpty() && !isOurs(named))
        .ifPresent(
            named -> {
              throw new NoSuchWarehouseException(
                  "This server has the warehouse %s only, also called %s",
                  warehouse, lastPart(warehouse));
            });
    return RestAnswer.of(
        ConfigResponse.builder()
            .withDefaults(new HashMap<>(clientDefaults))
            .withEndpoints(
                routes.stream()
                    .filter(route -> !(readOnly && route.writes()))
                    .map(Route::endpoint)
                    .filter(endpoint -> !endpoint.path().equals("/v1/config"))
                    .toList())
            .withIdempotencyKeyLifetime(AppliedKeys.LIFETIME.toString())
            .build());
  }

  private boolean isOurs(String named) {
    String stripped = named.replaceAll("/+$", "").replaceFirst("^file:(//)?/", "/");
    return stripped.equals(warehouse) || stripped.equals(lastPart(warehouse));
  }

  private static String lastPart(String location) {
    return location.substring(location.lastIndexOf('/') + 1);
  }
}
