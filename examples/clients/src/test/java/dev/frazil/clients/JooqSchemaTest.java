package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import dev.frazil.jdbc.FrazilDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DDLFlag;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.codegen.GenerationTool;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that jOOQ makes, finds, and generates classes of: docs/guides/jooq.md. */
@Tag("slow")
class JooqSchemaTest {
  @TempDir private Path folder;
  private String url = "";
  private DSLContext jooq = DSL.using(SQLDialect.POSTGRES);
  private DataSource database = new FrazilDataSource();

  @BeforeEach
  void makeTables() {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    url = "jdbc:iceberg:" + folder.resolve("shop");
    FrazilDataSource source = new FrazilDataSource();
    source.setUrl(url);
    database = source;
    jooq = DSL.using(database, SQLDialect.POSTGRES);
    jooq.execute(
        """
        CREATE TABLE orders (
          id bigint PRIMARY KEY, customer varchar NOT NULL, amount decimal(10,2), code uuid,
          at timestamp with time zone)""");
    jooq.insertInto(table("orders"), field("id"), field("customer"))
        .values(1L, "ann")
        .values(2L, "bob")
        .values(3L, "cy")
        .execute();
  }

  /** The dialect POSTGRES would ask pg_catalog; DEFAULT asks the driver. */
  @Test
  void metadataByTheDefaultDialect() {
    Table<?> orders = DSL.using(database, SQLDialect.DEFAULT).meta().getTables("orders").get(0);
    assertThat(orders.getSchema().getName()).isEqualTo("main");
    assertThat(orders.getPrimaryKey().getFields()).extracting(Field::getName).containsExactly("id");
    assertThat(orders.field("amount").getDataType().precision()).isEqualTo(10);
    assertThat(orders.field("amount").getDataType().scale()).isEqualTo(2);
    assertThat(orders.field("customer").getDataType().nullable()).isFalse();
    assertThat(orders.field("code").getType()).isEqualTo(UUID.class);
    assertThat(orders.field("at").getType()).isEqualTo(OffsetDateTime.class);
    assertThat(jooq.selectFrom(orders).fetch()).hasSize(3);
    assertThat(jooq.ddl(orders, DDLFlag.TABLE).queries())
        .extracting(Query::getSQL)
        .singleElement()
        .asString()
        .startsWith("create table \"main\".\"orders\"");
  }

  @Test
  void codeIsGenerated() throws Exception {
    Path sources = folder.resolve("generated");
    GenerationTool.generate(
        new Configuration()
            .withJdbc(new Jdbc().withDriver("dev.frazil.jdbc.FrazilDriver").withUrl(url))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new Database()
                            .withName("org.jooq.meta.jdbc.JDBCDatabase")
                            .withInputSchema("main"))
                    .withTarget(
                        new Target().withPackageName("shop").withDirectory(sources.toString()))));
    String orders = Files.readString(sources.resolve("shop/tables/Orders.java"));
    assertThat(orders)
        .contains("TableField<OrdersRecord, Long> ID")
        .contains("SQLDataType.NUMERIC(10, 2)")
        .contains("TableField<OrdersRecord, UUID> CODE")
        .contains("public UniqueKey<OrdersRecord> getPrimaryKey()");
    assertThat(Files.readString(sources.resolve("shop/tables/records/OrdersRecord.java")))
        .contains("extends UpdatableRecordImpl<OrdersRecord>");
  }

  @Test
  void tablesAreMadeByTheDsl() {
    jooq.createTableIfNotExists("made")
        .column("id", SQLDataType.BIGINT.notNull())
        .column("name", SQLDataType.VARCHAR(20))
        .column("code", SQLDataType.UUID)
        .column("note", SQLDataType.CLOB)
        .column("content", SQLDataType.BLOB)
        .column("at", SQLDataType.OFFSETDATETIME)
        .constraints(DSL.constraint("made_pk").primaryKey("id"))
        .execute();
    jooq.createTable("copied").as(select(field("id"), field("customer")).from("orders")).execute();
    assertThat(jooq.fetchCount(table("copied"))).isEqualTo(3);
    jooq.truncate("copied").execute();
    jooq.dropTableIfExists("copied").execute();
    assertThat(jooq.insertInto(table("made")).columns(field("id")).values(val(1)).execute())
        .isEqualTo(1);
  }

  /** As one parameter jOOQ sends PostgreSQL's text of an array, which is none to Frazil. */
  @Test
  void arraysAreWrittenOut() {
    jooq.execute("CREATE TABLE tagged (id integer, tags array(varchar))");
    Field<String[]> tags = field("tags", SQLDataType.VARCHAR.array());
    jooq.insertInto(table("tagged"), field("id", SQLDataType.INTEGER), tags)
        .values(val(1), array(val("a"), val("it's b")))
        .execute();
    assertThat(jooq.select(tags).from("tagged").fetchSingle().value1())
        .containsExactly("a", "it's b");
    assertThatThrownBy(
            () ->
                jooq.insertInto(table("tagged"), field("id", SQLDataType.INTEGER), tags)
                    .values(2, new String[] {"c"})
                    .execute())
        .hasRootCauseInstanceOf(SQLException.class);
  }
}
