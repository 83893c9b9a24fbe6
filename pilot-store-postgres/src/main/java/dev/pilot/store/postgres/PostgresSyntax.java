package dev.pilot.store.postgres;

import dev.pilot.store.jdbi.Syntax;

/** What Postgres says in its own way. */
enum PostgresSyntax implements Syntax {
    ONE;

    @Override
    public String firstOfEach(String table, String columns, String values, String rows) {
        return "select " + columns + " from json_array_elements_text(cast(:" + values
                + " as json)) as given (value) cross join lateral (select " + columns + " from " + table + " " + rows
                + ") as found";
    }
}
