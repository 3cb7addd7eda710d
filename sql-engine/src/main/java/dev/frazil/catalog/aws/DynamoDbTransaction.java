package dev.frazil.catalog.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.StoredPointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.AwsJsonService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The items of one {@code TransactWriteItems}. A metadata location is never used again, so it is as
 * good a condition as the version; what rests on more than a location is read first and bound to
 * the version that was read. One thread, used once.
 */
final class DynamoDbTransaction {
  private static final String ABSENT = "attribute_not_exists(" + DynamoDbItem.VERSION + ")";
  private static final String PRESENT = "attribute_exists(" + DynamoDbItem.VERSION + ")";
  private static final String AT_VERSION = DynamoDbItem.VERSION + " = :seen";
  private static final String AT_LOCATION = "#location = :expected";
  private static final String STAMP = "updated_at = :now, v = :version";

  private final DynamoDbTable table;
  private final DynamoDbView view;
  private final String version;
  private final long nowMillis;
  private final Map<DynamoDbKey, ObjectNode> items = new LinkedHashMap<>();
  private final List<Namespace> entered = new ArrayList<>();
  private @Nullable Map<DynamoDbKey, DynamoDbItem> seen;

  /**
   * @param version which every written item is given
   */
  DynamoDbTransaction(DynamoDbTable table, DynamoDbView view, String version, long nowMillis) {
    this.table = table;
    this.view = view;
    this.version = version;
    this.nowMillis = nowMillis;
  }

  /** Adds a change, or says why it certainly cannot be made. */
  @Nullable String add(PointerChange change) {
    if (change instanceof PointerChange.Create create) {
      entered.add(create.identifier().namespace());
      Map<String, String> properties = new HashMap<>();
      properties.put(DynamoDbItem.TABLE_TYPE, DynamoDbItem.ICEBERG);
      properties.put(DynamoDbItem.METADATA_LOCATION, location(create.pointer()));
      put(DynamoDbKey.of(create.identifier()), properties);
      return null;
    } else if (change instanceof PointerChange.Replace replace) {
      replace(replace);
      return null;
    } else if (change instanceof PointerChange.Drop drop) {
      onLocation("Delete", drop.identifier(), location(drop.expected()));
      return null;
    } else if (change instanceof PointerChange.Stay stay) {
      onLocation("ConditionCheck", stay.identifier(), location(stay.expected()));
      return null;
    } else if (change instanceof PointerChange.Rename rename) {
      return rename(rename);
    } else if (change instanceof PointerChange.CreateNamespace create) {
      put(DynamoDbKey.of(create.namespace()), create.properties());
      return null;
    } else if (change instanceof PointerChange.DropNamespace drop) {
      return drop(drop.namespace());
    } else if (change instanceof PointerChange.ReplaceProperties replace) {
      return replace(replace);
    }
    throw EngineException.internal("a change of a DynamoDB catalog: " + change);
  }

  /** Adds what the changes need beside them, or says why they certainly cannot be made. */
  @Nullable String complete() {
    for (Namespace namespace : entered) {
      String refusal = enter(namespace);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** All items; 54000 where they are more than one transaction takes. */
  List<ObjectNode> items() {
    if (items.size() > DynamoDbTable.MAX_TOGETHER) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the transaction is about "
              + items.size()
              + " items of the DynamoDB catalog, tables that it only read and schemas of new tables"
              + " included; one transaction of DynamoDB takes "
              + DynamoDbTable.MAX_TOGETHER
              + ": commit more often");
    }
    return List.copyOf(items.values());
  }

  private static String location(StoredPointer pointer) {
    return pointer.metadataLocation();
  }

  // ---- tables

  private void replace(PointerChange.Replace change) {
    ObjectNode update = onLocation("Update", change.identifier(), change.expected());
    update.put(
        "UpdateExpression",
        "SET #type = :iceberg, #location = :next, #previous = :expected, " + STAMP);
    names(update)
        .put("#type", DynamoDbItem.PROPERTY_PREFIX + DynamoDbItem.TABLE_TYPE)
        .put("#previous", DynamoDbItem.PROPERTY_PREFIX + DynamoDbItem.PREVIOUS_METADATA_LOCATION);
    text(update, ":iceberg", DynamoDbItem.ICEBERG);
    text(update, ":next", location(change.pointer()));
    stamp(update);
  }

  private @Nullable String rename(PointerChange.Rename change) {
    DynamoDbKey from = DynamoDbKey.of(change.from());
    DynamoDbItem item = seen().get(from);
    if (item == null || !location(change.expected()).equals(item.metadataLocation())) {
      return "another commit changed " + change.from();
    }
    entered.add(change.to().namespace());
    atVersion("Delete", item);
    put(DynamoDbKey.of(change.to()), item.properties());
    return null;
  }

  // ---- namespaces

  /**
   * A namespace that a table is put into must stay until then, and whoever is about to drop it must
   * learn that it is not empty any more: it is given a new version.
   */
  private @Nullable String enter(Namespace namespace) {
    DynamoDbKey key = DynamoDbKey.of(namespace);
    if (items.containsKey(key)) {
      return null; // made, or changed, by this transaction
    }
    if (!seen().containsKey(key)) {
      if (isEmpty(namespace)) {
        return "the schema " + namespace + " was dropped";
      }
      put(key, Map.of()); // known by its tables only
      return null;
    }
    ObjectNode update = deed("Update", key);
    update.put("ConditionExpression", PRESENT);
    update.put("UpdateExpression", "SET " + STAMP);
    stamp(update);
    return null;
  }

  private boolean isEmpty(Namespace namespace) {
    return seen().keySet().stream()
        .flatMap(key -> key.asTable().stream())
        .map(TableIdentifier::namespace)
        .noneMatch(namespace::equals);
  }

  private @Nullable String drop(Namespace namespace) {
    boolean empty = isEmpty(namespace);
    DynamoDbItem item = seen().get(DynamoDbKey.of(namespace));
    if (item == null || !empty) {
      return "the schema " + namespace + (empty ? " was dropped" : " holds a table");
    }
    atVersion("Delete", item);
    return null;
  }

  private @Nullable String replace(PointerChange.ReplaceProperties change) {
    DynamoDbKey key = DynamoDbKey.of(change.namespace());
    DynamoDbItem item = seen().get(key);
    if (item == null && change.expected().isEmpty()) {
      put(key, change.properties()); // known by its tables only
      return null;
    }
    if (item == null || !item.properties().equals(change.expected())) {
      return "the schema " + change.namespace() + " was changed or dropped";
    }
    ObjectNode update = atVersion("Update", item);
    StringBuilder set = new StringBuilder("SET " + STAMP);
    StringBuilder remove = new StringBuilder();
    int number = 0;
    Map<String, String> all = new TreeMap<>(change.expected());
    all.putAll(change.properties());
    for (String property : all.keySet()) {
      String value = change.properties().get(property);
      if (Objects.equals(value, change.expected().get(property))) {
        continue;
      }
      String name = "#p" + number;
      names(update).put(name, DynamoDbItem.PROPERTY_PREFIX + property);
      if (value == null) {
        remove.append(remove.isEmpty() ? " REMOVE " : ", ").append(name);
      } else {
        text(update, ":p" + number, value);
        set.append(", ").append(name).append(" = :p").append(number);
      }
      number++;
    }
    update.put("UpdateExpression", set.append(remove).toString());
    stamp(update);
    return null;
  }

  // ---- parts of requests

  private void put(DynamoDbKey key, Map<String, String> properties) {
    ObjectNode put = AwsJsonService.request();
    put.putObject("Put")
        .put("TableName", table.name())
        .put("ConditionExpression", ABSENT)
        .set("Item", DynamoDbItem.fresh(key, properties, version, nowMillis));
    JsonNode dropped = items.containsKey(key) ? items.get(key).get("Delete") : null;
    if (dropped != null) {
      // Another one of the same name: over the one that is dropped, if that is still there.
      ObjectNode body = (ObjectNode) put.get("Put");
      body.setAll((ObjectNode) dropped.deepCopy());
      body.remove("Key");
      items.remove(key);
    }
    keep(key, put);
  }

  private ObjectNode onLocation(String deed, TableIdentifier identifier, String expected) {
    ObjectNode body = deed(deed, DynamoDbKey.of(identifier));
    body.put("ConditionExpression", AT_LOCATION);
    names(body).put("#location", DynamoDbItem.PROPERTY_PREFIX + DynamoDbItem.METADATA_LOCATION);
    text(body, ":expected", expected);
    return body;
  }

  private ObjectNode atVersion(String deed, DynamoDbItem item) {
    ObjectNode body = deed(deed, item.key());
    body.put("ConditionExpression", AT_VERSION);
    text(body, ":seen", item.version());
    return body;
  }

  private ObjectNode deed(String deed, DynamoDbKey key) {
    ObjectNode item = AwsJsonService.request();
    ObjectNode body = item.putObject(deed).put("TableName", table.name());
    body.set("Key", key.json());
    keep(key, item);
    return body;
  }

  private void keep(DynamoDbKey key, ObjectNode item) {
    if (items.put(key, item) != null) {
      throw EngineException.internal("two changes of " + key + " in one transaction");
    }
  }

  private static ObjectNode names(ObjectNode body) {
    return body.withObject("/ExpressionAttributeNames");
  }

  private static void text(ObjectNode body, String name, String value) {
    body.withObject("/ExpressionAttributeValues").putObject(name).put("S", value);
  }

  private void stamp(ObjectNode body) {
    text(body, ":version", version);
    body.withObject("/ExpressionAttributeValues")
        .putObject(":now")
        .put("N", String.valueOf(nowMillis));
  }

  /** The catalog as it is now; read once. */
  private Map<DynamoDbKey, DynamoDbItem> seen() {
    Map<DynamoDbKey, DynamoDbItem> read = seen;
    if (read == null) {
      read = view.read().orElse(Map.of());
      seen = read;
    }
    return read;
  }
}
