package dev.frazil.catalog.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.catalog.PointerChange;
import dev.frazil.catalog.StoredPointer;
import dev.frazil.catalog.SwapOutcome;
import dev.frazil.catalog.TablePointer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.testing.DynamoDbLocal;
import dev.frazil.testing.JsonServiceServer;
import dev.frazil.testing.ServerFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one attempt to change a catalog in DynamoDB comes to, on Amazon's DynamoDB Local. */
class DynamoDbPointersTest {
  private static final Namespace MAIN = Namespace.of("main");
  private static final TableIdentifier A = TableIdentifier.of("main", "a");
  private static final TableIdentifier B = TableIdentifier.of("main", "b");
  private static final TableIdentifier C = TableIdentifier.of("main", "c");

  private final JsonServiceServer server = DynamoDbLocal.shared().proxy();
  private final DynamoDbPointers pointers = DynamoDbCatalogs.open(server, "t-" + UUID.randomUUID());

  @BeforeEach
  void create() {
    assertThat(pointers.view().namespaces()).isEmpty();
    pointers.prepareWrite();
    landed(new PointerChange.CreateNamespace(MAIN, Map.of("owner", "me")));
    landed(new PointerChange.Create(A, at("a1")), new PointerChange.Create(B, at("b1")));
  }

  @AfterEach
  void close() {
    pointers.close();
    server.close();
  }

  private static StoredPointer at(String location) {
    return new StoredPointer(TablePointer.Kind.TABLE, location);
  }

  private void landed(PointerChange... changes) {
    assertThat(pointers.swap(List.of(changes))).isInstanceOf(SwapOutcome.Landed.class);
  }

  private void refused(PointerChange... changes) {
    Map<TableIdentifier, StoredPointer> before = pointers.view().relations();
    assertThat(pointers.swap(List.of(changes))).isInstanceOf(SwapOutcome.Refused.class);
    assertThat(pointers.view().relations()).isEqualTo(before);
  }

  @Test
  void changesHappenTogetherOrNotAtAll() {
    landed(
        new PointerChange.Replace(A, "a1", at("a2")), new PointerChange.Replace(B, "b1", at("b2")));
    assertThat(pointers.view().relations()).isEqualTo(Map.of(A, at("a2"), B, at("b2")));
    refused(
        new PointerChange.Replace(A, "a2", at("a3")), new PointerChange.Replace(B, "b1", at("b3")));
    refused(new PointerChange.Create(C, at("c1")), new PointerChange.Stay(B, at("b1")));
    refused(new PointerChange.Create(C, at("c1")), new PointerChange.Drop(B, at("b1")));
    refused(new PointerChange.Create(A, at("c1")));
    refused(new PointerChange.Drop(A, at("a1")), new PointerChange.Create(A, at("c1")));
    landed(new PointerChange.Drop(A, at("a2")), new PointerChange.Create(A, at("a9")));
    assertThat(pointers.view().relations()).isEqualTo(Map.of(A, at("a9"), B, at("b2")));
    landed(new PointerChange.Drop(A, at("a9")), new PointerChange.Create(A, at("a2")));
    landed(
        new PointerChange.Create(C, at("c1")),
        new PointerChange.Stay(A, at("a2")),
        new PointerChange.Drop(B, at("b2")));
    assertThat(pointers.view().relations()).isEqualTo(Map.of(A, at("a2"), C, at("c1")));
  }

  @Test
  void aNameMovesInOneStep() {
    refused(new PointerChange.Rename(A, C, at("a0")));
    refused(new PointerChange.Rename(A, B, at("a1")));
    refused(new PointerChange.Rename(A, TableIdentifier.of("none", "a"), at("a1")));
    landed(new PointerChange.Rename(A, C, at("a1")));
    assertThat(pointers.view().relations()).isEqualTo(Map.of(C, at("a1"), B, at("b1")));
  }

  @Test
  void schemasHavePropertiesAndAreDroppedEmptyOnly() {
    assertThat(pointers.view().namespaces()).isEqualTo(Map.of(MAIN, Map.of("owner", "me")));
    Map<String, String> wanted = Map.of("a.b c", "1", "#x", "2");
    refused(new PointerChange.ReplaceProperties(MAIN, Map.of(), wanted));
    landed(new PointerChange.ReplaceProperties(MAIN, Map.of("owner", "me"), wanted));
    assertThat(pointers.view().namespaces()).isEqualTo(Map.of(MAIN, wanted));
    refused(new PointerChange.DropNamespace(MAIN));
    landed(new PointerChange.Drop(A, at("a1")), new PointerChange.Drop(B, at("b1")));
    landed(new PointerChange.DropNamespace(MAIN));
    refused(new PointerChange.Create(A, at("a5")));
    assertThat(pointers.view().namespaces()).isEmpty();
  }

  @Test
  void aSchemaIsNotDroppedBehindATableThatComes() {
    landed(new PointerChange.Drop(A, at("a1")), new PointerChange.Drop(B, at("b1")));
    server.next("TransactWriteItems", ServerFault.SLOW_DOWN);
    DynamoDbTable table =
        new DynamoDbTable(
            DynamoDbCatalogs.service(server, dev.frazil.storage.AwsJsonService.Protocol.DYNAMO_DB),
            pointers.description().replaceAll(".*the table (\\S+) of.*", "$1"),
            new dev.frazil.storage.RetryPolicy(
                1, 0, 0, dev.frazil.storage.TimeSource.system(), dev.frazil.storage.Ids.system()));
    DynamoDbTransaction drop =
        new DynamoDbTransaction(table, new DynamoDbView(table), "v-of-the-drop", 1);
    assertThat(drop.add(new PointerChange.DropNamespace(MAIN))).isNull();
    server.calm();
    landed(new PointerChange.Create(C, at("c1")));
    assertThat(table.transact(drop.items(), UUID.randomUUID().toString()))
        .isInstanceOf(dev.frazil.storage.ServiceAnswer.Refused.class);
    assertThat(pointers.view().namespaces()).containsKey(MAIN);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerFault.class,
      names = {
        "LOST_ANSWER",
        "INTERNAL_ERROR",
        "APPLIED_THEN_INTERNAL_ERROR",
        "DROPPED",
        "CUT_OFF",
        "ARRIVES_LATE"
      })
  void anAnswerThatTellsNothingIsUnsettled(ServerFault fault) {
    server.next("TransactWriteItems", fault);
    server.forget();
    assertThat(pointers.swap(List.of(new PointerChange.Replace(A, "a1", at("a2")))))
        .isInstanceOf(SwapOutcome.Unsettled.class);
    assertThat(server.seen()).containsExactly("TransactWriteItems");
  }

  @Test
  void aRequestThatIsSentTwiceHasOneEffect() {
    server.next("TransactWriteItems", ServerFault.DUPLICATED);
    landed(new PointerChange.Replace(A, "a1", at("a2")));
    assertThat(pointers.view().relations()).containsEntry(A, at("a2"));
  }

  @Test
  void throttlingIsNoDecision() {
    server.next("TransactWriteItems", ServerFault.SLOW_DOWN);
    assertThat(pointers.swap(List.of(new PointerChange.Replace(A, "a1", at("a2")))))
        .isInstanceOf(SwapOutcome.Busy.class);
    server.next("Scan", ServerFault.SLOW_DOWN, ServerFault.INTERNAL_ERROR, ServerFault.DROPPED);
    assertThat(pointers.view().relations()).containsEntry(A, at("a1"));
  }

  @Test
  void whatIsNotAllowedIsSaid() {
    server.next("TransactWriteItems", ServerFault.ACCESS_DENIED);
    assertThatThrownBy(() -> pointers.swap(List.of(new PointerChange.Drop(A, at("a1")))))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("AccessDeniedException")
        .extracting(e -> ((EngineException) e).state())
        .isEqualTo(SqlState.INVALID_AUTHORIZATION);
  }

  @Test
  void aHundredItemsAreTheMost() {
    List<PointerChange> many = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      many.add(new PointerChange.Create(TableIdentifier.of("main", "t" + i), at("l" + i)));
    }
    landed(many.toArray(new PointerChange[0]));
    assertThat(pointers.view().relations()).hasSize(101);
    many.add(new PointerChange.Drop(A, at("a1")));
    assertThatThrownBy(() -> pointers.swap(many)).hasMessageContaining("101 items");
  }

  @Test
  void namesWithDotsAreRefused() {
    assertThatThrownBy(
            () ->
                pointers.swap(
                    List.of(new PointerChange.Create(TableIdentifier.of("main", "a.b"), at("x")))))
        .hasMessageContaining("a.b")
        .extracting(e -> ((EngineException) e).state())
        .isEqualTo(SqlState.FEATURE_NOT_SUPPORTED);
  }

  @Test
  void aCatalogThatRestsIsReadByOneRequest() {
    pointers.view();
    server.forget();
    pointers.view();
    assertThat(server.seen()).containsExactly("Scan");
  }

  @Test
  void aTableOfAnotherKindIsNoCatalog() throws java.io.IOException {
    String other = "other-" + UUID.randomUUID();
    DynamoDbLocal.shared()
        .ask(
            "CreateTable",
            "{'TableName':'NAME','BillingMode':'PAY_PER_REQUEST','KeySchema':[{'AttributeName':"
                    .replace('\'', '"')
                    .replace("NAME", other)
                + "\"id\",\"KeyType\":\"HASH\"}],\"AttributeDefinitions\":[{\"AttributeName\":\"id\","
                + "\"AttributeType\":\"S\"}]}");
    try (DynamoDbPointers wrong = DynamoDbCatalogs.open(server, other)) {
      assertThatThrownBy(wrong::prepareWrite).hasMessageContaining("no Iceberg catalog");
    }
  }
}
