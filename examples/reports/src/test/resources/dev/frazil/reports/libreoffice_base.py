"""What a person does in LibreOffice Base, by its programming interface, without a screen.

Arguments: JDBC URL of the shop (with clientTypes=basic), driver jar, an empty folder for LibreOffice's profile.
Prints a line a step, which LibreOfficeBaseTest compares.
"""

import os
import signal
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sdbc.DataType import DECIMAL, INTEGER, TIMESTAMP, VARCHAR
from com.sun.star.util import Date, DateTime

URL, JAR, FOLDER = sys.argv[1:4]


def tell(step, *values):
    print(step, "=", " ".join(str(value) for value in values), flush=True)


def setting(name, value):
    result = PropertyValue()
    result.Name, result.Value = name, value
    return result


def connect_to_office(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + 60
    while True:
        try:
            return resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def look_around(connection):
    about = connection.getMetaData()
    tell("product", about.getDatabaseProductName())
    tables = connection.getTables()
    tell("tables", *sorted(tables.getElementNames()))
    sales = tables.getByName("main.sales")
    columns = sales.getColumns()
    tell("columns", *columns.getElementNames())
    tell("not null", *[name for name in columns.getElementNames() if columns.getByName(name).IsNullable == 0])
    keys = sales.getKeys()
    tell("keys", *[name for i in range(keys.getCount()) for name in keys.getByIndex(i).getColumns().getElementNames()])


def read_types(connection):
    rows = connection.createStatement().executeQuery("SELECT * FROM sales WHERE id = 2")
    rows.next()
    day, sold, pickup = rows.getDate(4), rows.getTimestamp(9), rows.getTime(11)
    tell("row", rows.getLong(1), rows.getString(2), rows.getInt(5), rows.getString(6), rows.getDouble(7), rows.getBoolean(8))
    tell("day", day.Year, day.Month, day.Day)
    tell("sold", sold.Hours, sold.Minutes, sold.Seconds, sold.NanoSeconds)
    shipped = rows.getTimestamp(10)
    tell("shipped", shipped.Day, shipped.Hours, shipped.Minutes)
    tell("pickup", pickup.Hours, pickup.Minutes)
    tell("receipt", rows.getString(12))
    rows.close()
    rows = connection.createStatement().executeQuery("SELECT logo, manager FROM regions WHERE name = 'West'")
    rows.next()
    tell("logo", bytes(b & 255 for b in rows.getBytes(1).value[1:4]).decode())
    tell("manager", rows.getString(2) == "", rows.wasNull())
    rows.close()
    query = connection.prepareStatement("SELECT id FROM sales WHERE amount > ? AND day = ? AND sold_at > ? AND paid = ?")
    query.setDouble(1, 20.0)
    query.setDate(2, Date(8, 1, 2026))
    query.setTimestamp(3, DateTime(0, 0, 0, 1, 1, 1, 2026, False))
    query.setBoolean(4, True)
    rows = query.executeQuery()
    rows.next()
    tell("prepared", rows.getInt(1))
    query.close()


def run_a_query(rows):
    """A query as the designer writes it: quoted names, a named parameter, an escape."""
    rows.CommandType = 2
    rows.Command = (
        'SELECT "region", SUM( "amount" ) AS "total", COUNT( * ) AS "n" FROM "main"."sales"'
        " WHERE \"day\" < {d '2026-04-01'} AND \"product\" LIKE :start GROUP BY \"region\" ORDER BY \"region\"")
    rows.setString(1, "S%")
    rows.execute()
    while rows.next():
        tell("query", rows.getString(1), rows.getString(2), rows.getString(3))


def edit_a_table(rows):
    """The window that shows a table: it scrolls, changes, adds and removes rows."""
    rows.CommandType = 0
    rows.Command = "main.sales"
    rows.execute()
    rows.last()
    tell("count", rows.RowCount)
    rows.absolute(5)
    fifth = rows.getString(1)
    rows.previous()
    rows.next()
    tell("moved", rows.getRow(), rows.getString(1) == fifth)
    rows.first()
    while rows.getLong(1) != 2:
        rows.next()
    rows.updateString(3, "Changed")
    rows.updateNull(5)
    rows.updateRow()
    tell("updated", rows.getString(3))
    rows.moveToInsertRow()
    rows.updateLong(1, 1000)
    rows.updateString(2, "West")
    rows.updateString(3, "New")
    rows.updateDate(4, Date(5, 4, 2026))
    rows.updateString(6, "12.34")
    rows.insertRow()
    rows.first()
    while rows.getLong(1) != 3:
        rows.next()
    rows.deleteRow()


def make_a_table(connection):
    """The table designer."""
    tables = connection.getTables()
    made = tables.createDataDescriptor()
    made.Name, made.SchemaName = "made", "main"
    columns = made.getColumns()
    for name, kind, type_name, precision, scale in (
        ("id", INTEGER, "integer", 10, 0),
        ("name", VARCHAR, "varchar", 50, 0),
        ("price", DECIMAL, "decimal", 10, 2),
        ("at", TIMESTAMP, "timestamp", 0, 0),
    ):
        column = columns.createDataDescriptor()
        column.Name, column.Type, column.TypeName = name, kind, type_name
        column.Precision, column.Scale, column.IsNullable = precision, scale, 0 if name == "id" else 1
        columns.appendByDescriptor(column)
    key = made.getKeys().createDataDescriptor()
    key.Type = 1
    key_column = key.getColumns().createDataDescriptor()
    key_column.Name = "id"
    key.getColumns().appendByDescriptor(key_column)
    made.getKeys().appendByDescriptor(key)
    tables.appendByDescriptor(made)
    columns = tables.getByName("main.made").getColumns()
    tell("made", *["%s:%d" % (name, columns.getByName(name).Type) for name in columns.getElementNames()])
    tables.dropByName("main.made")
    tell("dropped", not tables.hasByName("main.made"))


def row_set(service, connection):
    rows = service("com.sun.star.sdb.RowSet")
    rows.ActiveConnection = connection
    return rows


def main(context):
    def service(name):
        return context.ServiceManager.createInstanceWithContext(name, context)

    source = service("com.sun.star.sdb.DatabaseContext").createInstance()
    source.URL = URL
    source.Info = (
        setting("JavaDriverClass", "dev.frazil.jdbc.FrazilDriver"),
        setting("JavaDriverClassPath", uno.systemPathToFileUrl(JAR)),
        setting("ParameterNameSubstitution", True),
        # Base's window puts this into every stored data source, and hands it to the driver.
        setting("Type", ""),
    )
    place = uno.systemPathToFileUrl(os.path.join(FOLDER, "shop.odb"))
    document = source.DatabaseDocument
    document.storeAsURL(place, ())
    document.close(True)
    connection = service("com.sun.star.sdb.DatabaseContext").getByName(place).getConnection("", "")
    look_around(connection)
    read_types(connection)
    run_a_query(row_set(service, connection))
    edit_a_table(row_set(service, connection))
    make_a_table(connection)
    connection.close()


pipe = "frazil%d" % os.getpid()
office = subprocess.Popen(
    ["soffice", "--headless", "--norestore", "--nologo", "--nodefault",
     "-env:UserInstallation=" + uno.systemPathToFileUrl(os.path.join(FOLDER, "profile")),
     "--accept=pipe,name=%s;urp" % pipe],
    start_new_session=True)
try:
    main(connect_to_office(pipe))
finally:
    os.killpg(office.pid, signal.SIGKILL)
