package dev.frazil.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.frazil.clients.liquibase.FrazilDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.snapshot.DatabaseSnapshot;
import liquibase.snapshot.SnapshotControl;
import liquibase.snapshot.SnapshotGeneratorFactory;
import liquibase.structure.core.Column;
import liquibase.structure.core.PrimaryKey;
import liquibase.structure.core.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Liquibase over Frazil by the plug-in of this module: docs/guides/migrations.md. */
class LiquibaseTest {
  private static final String CHANGES =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
            http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
        <changeSet id="tables" author="ann">
          <createTable tableName="customers">
            <column name="id" type="bigint"><constraints primaryKey="true" nullable="false"/></column>
            <column name="name" type="varchar(100)"><constraints nullable="false"/></column>
            <column name="email" type="varchar(100)"><constraints unique="true"/></column>
            <column name="paid" type="boolean" defaultValueBoolean="false"/>
            <column name="changed" type="datetime"/>
            <column name="day" type="date"/>
            <column name="note" type="clob"/>
            <column name="picture" type="blob"/>
            <column name="code" type="uuid"/>
            <column name="amount" type="decimal(10,2)"/>
          </createTable>
        </changeSet>
        <changeSet id="rows" author="ann">
          <insert tableName="customers">
            <column name="id" valueNumeric="1"/>
            <column name="name" value="it's ann"/>
            <column name="changed" valueDate="2026-01-31T12:00:00"/>
            <column name="day" valueDate="2026-01-31"/>
          </insert>
          <update tableName="customers">
            <column name="amount" valueNumeric="2.5"/><where>id = 1</where>
          </update>
          <rollback><delete tableName="customers"/></rollback>
        </changeSet>
        <changeSet id="text" author="bob">
          <sql>INSERT INTO customers (id, name) VALUES (2, 'bob');
               UPDATE customers SET note = 'a;b' WHERE id = 2</sql>
          <rollback>DELETE FROM customers WHERE id = 2</rollback>
        </changeSet>
        <changeSet id="only-if-missing" author="bob">
          <preConditions onFail="MARK_RAN"><not><tableExists tableName="customers"/></not></preConditions>
          <dropTable tableName="customers"/>
        </changeSet>%s
      </databaseChangeLog>
      """;

  @TempDir Path folder;
  private Connection connection;

  @BeforeEach
  void connect() throws Exception {
    connection = DriverManager.getConnection("jdbc:iceberg:" + folder.resolve("shop"));
    write("");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private void write(String more) throws Exception {
    Files.writeString(folder.resolve("changes.xml"), CHANGES.formatted(more));
  }

  private Liquibase liquibase() throws Exception {
    Database database =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
    assertThat(database).isInstanceOf(FrazilDatabase.class);
    return new Liquibase("changes.xml", new DirectoryResourceAccessor(folder), database);
  }

  private List<String> texts(String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  @Test
  void changesRunOnceAndRollBack() throws Exception {
    liquibase().update(new Contexts());
    assertThat(texts("SELECT name FROM customers ORDER BY id")).containsExactly("it's ann", "bob");
    assertThat(
            texts("SELECT concat_ws(' ', paid, changed, day, amount) FROM customers WHERE id = 1"))
        .containsExactly("false 2026-01-31 12:00:00 2026-01-31 2.50");
    assertThat(texts("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
        .containsExactly("tables", "rows", "text", "only-if-missing");
    assertThat(liquibase().listUnrunChangeSets(new Contexts(), new LabelExpression())).isEmpty();
    write(
        """
        <changeSet id="later" author="cy"><delete tableName="customers"><where>id = 1</where></delete>
          <rollback/></changeSet>""");
    liquibase().update(new Contexts());
    assertThat(texts("SELECT name FROM customers")).containsExactly("bob");
    liquibase().rollback(1, "");
    liquibase().validate();
    assertThat(texts("SELECT count(*) FROM databasechangelog")).containsExactly("4");
    assertThat(texts("SELECT locked FROM databasechangeloglock")).containsExactly("false");
  }

  @Test
  void aChangeSetThatFailsLeavesNothing() throws Exception {
    write(
        """
        <changeSet id="half" author="cy">
          <createTable tableName="half"><column name="id" type="int"/></createTable>
          <insert tableName="half"><column name="id" valueNumeric="1"/></insert>
          <sql>INSERT INTO customers (id, name) VALUES (2, 'twice')</sql>
        </changeSet>""");
    assertThatThrownBy(() -> liquibase().update(new Contexts()))
        .isInstanceOf(LiquibaseException.class)
        .hasMessageContaining("primary key");
    assertThat(texts("SELECT table_name FROM information_schema.tables ORDER BY 1"))
        .containsExactly("customers", "databasechangelog", "databasechangeloglock");
    assertThat(texts("SELECT count(*) FROM databasechangelog")).containsExactly("4");
  }

  @Test
  void aSnapshotShowsTablesColumnsAndKeys() throws Exception {
    liquibase().update(new Contexts());
    Database database = liquibase().getDatabase();
    DatabaseSnapshot snapshot =
        SnapshotGeneratorFactory.getInstance()
            .createSnapshot(
                database.getDefaultSchema(),
                database,
                new SnapshotControl(database, Table.class, Column.class, PrimaryKey.class));
    Table customers = snapshot.get(new Table().setName("customers"));
    assertThat(customers.getColumns())
        .extracting(Column::getName)
        .contains("id", "name", "picture", "code");
    assertThat(customers.getPrimaryKey().getColumnNames()).isEqualTo("id");
  }

  @Test
  void columnsAreAddedToATable() throws Exception {
    liquibase().update(new Contexts());
    write(
        """
        <changeSet id="column" author="cy">
          <addColumn tableName="customers"><column name="more" type="int"/></addColumn>
        </changeSet>""");
    liquibase().update(new Contexts());
    assertThat(texts("SELECT more FROM customers WHERE more IS NOT NULL")).isEmpty();
  }
}
