package dev.pilot.store.jdbi.run;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.Quota;
import dev.pilot.api.run.QuotaScope;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.api.run.Spending;
import dev.pilot.api.store.BudgetRecords;
import dev.pilot.api.store.Caps;
import dev.pilot.api.store.ScopeSpent;
import dev.pilot.api.value.Named;
import dev.pilot.store.jdbi.Micros;
import dev.pilot.store.jdbi.Query;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The tables {@code budget} and {@code budget_spent}. */
public final class BudgetTable implements BudgetRecords {
    private static final String COLUMNS =
            "scope, name, period, wall_millis, tokens, cost_micros, tool_calls, updated_at";

    private static final RowMapper<ScopeBudget> BUDGET = (row, context) -> budget(row);
    private static final RowMapper<ScopeSpent> SPENT = (row, context) -> new ScopeSpent(
            Named.parse(BudgetScope.class, row.getString("scope"), "scope"),
            row.getString("name"),
            Named.parse(BudgetPeriod.class, row.getString("period"), "period"),
            row.getLong("day"),
            new Spending(
                    row.getLong("wall_millis"),
                    row.getLong("tokens"),
                    row.getLong("cost_micros"),
                    row.getLong("tool_calls")));

    private final Handle handle;

    /**
     * Makes it.
     *
     * @param handle the connection
     */
    public BudgetTable(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Caps caps() {
        List<Quota> quotas = new ArrayList<>();
        List<ScopeBudget> budgets = new ArrayList<>();
        // Budgets have a period, quotas have none.
        handle.createQuery("""
                        select scope, name, '' as period, most, null as wall_millis, null as tokens, null as cost_micros,
                          null as tool_calls, updated_at from quota
                        union all
                        select scope, name, period, 0, wall_millis, tokens, cost_micros, tool_calls, updated_at from budget
                        order by scope, name, period
                        """)
                .map((row, context) -> row.getString("period").isEmpty()
                        ? quotas.add(new Quota(
                                Named.parse(QuotaScope.class, row.getString("scope"), "scope"),
                                row.getString("name"),
                                row.getInt("most"),
                                Micros.instant(row.getLong("updated_at"))))
                        : budgets.add(budget(row)))
                .list();
        return new Caps(quotas, budgets);
    }

    @Override
    public List<ScopeBudget> list() {
        return handle.createQuery("select " + COLUMNS + " from budget order by scope, name, period")
                .map(BUDGET)
                .list();
    }

    private static ScopeBudget budget(ResultSet row) throws SQLException {
        Long wall = number(row, "wall_millis");
        return new ScopeBudget(
                Named.parse(BudgetScope.class, row.getString("scope"), "scope"),
                row.getString("name"),
                Named.parse(BudgetPeriod.class, row.getString("period"), "period"),
                Budget.builder()
                        .wall(wall == null ? null : Duration.ofMillis(wall))
                        .tokens(number(row, "tokens"))
                        .costMicros(number(row, "cost_micros"))
                        .toolCalls(number(row, "tool_calls"))
                        .build(),
                Micros.instant(row.getLong("updated_at")));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    @Override
    public List<ScopeSpent> spent(long day) {
        return handle.createQuery("select * from budget_spent where day in (0, :day) order by scope, name, period")
                .bind("day", day)
                .map(SPENT)
                .list();
    }

    @Override
    public List<ScopeSpent> spent(long day, Collection<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        return handle.createQuery("select * from budget_spent where day in (0, :day) and name in (<names>)")
                .bind("day", day)
                .bindList("names", Query.evened(List.copyOf(keys)))
                .map(SPENT)
                .list();
    }

    @Override
    public void set(ScopeBudget budget, long day) {
        Budget limits = budget.limits();
        handle.createUpdate("insert into budget (" + COLUMNS + """
                        ) values (:scope, :name, :period, :wall, :tokens, :cost, :tools, :updatedAt)
                        on conflict (scope, name, period) do update set wall_millis = excluded.wall_millis,
                          tokens = excluded.tokens, cost_micros = excluded.cost_micros, tool_calls = excluded.tool_calls,
                          updated_at = excluded.updated_at
                        """)
                .bind("scope", budget.scope().wire())
                .bind("name", budget.key())
                .bind("period", budget.period().wire())
                .bind(
                        "wall",
                        limits.wall() == null ? null : (Long) limits.wall().toMillis())
                .bind("tokens", limits.tokens())
                .bind("cost", limits.costMicros())
                .bind("tools", limits.toolCalls())
                .bind("updatedAt", Micros.of(budget.updatedAt()))
                .execute();
        count(budget, day);
    }

    /** What was used before, of keys that no budget held for till now. */
    private void count(ScopeBudget budget, long day) {
        boolean total = budget.period() == BudgetPeriod.TOTAL;
        boolean each = budget.key().equals(ScopeBudget.EACH);
        String name = name(budget.scope());
        String days = total ? "" : graph(budget.scope()) ? " and created_at / 86400000000 = :day" : " and day = :day";
        var insert = handle.createUpdate("""
                        insert into budget_spent
                          (name, scope, period, day, wall_millis, tokens, cost_micros, tool_calls)
                        select %s, :scope, :period, :stored, sum(wall_millis), sum(input_tokens + output_tokens),
                          sum(cost_micros), sum(tool_calls)
                        from %s where %s%s group by %s
                        on conflict (name, scope, period) do nothing
                        """.formatted(
                                name,
                                graph(budget.scope()) ? "run" : "usage_total",
                                each ? name + " != ''" : name + " = :name",
                                days,
                                budget.scope() == BudgetScope.OVERALL ? "1 having count(*) > 0" : name))
                .bind("scope", budget.scope().wire())
                .bind("period", budget.period().wire())
                .bind("stored", total ? 0 : day);
        if (!each) {
            insert.bind("name", budget.key());
        }
        if (!total) {
            insert.bind("day", day);
        }
        insert.execute();
    }

    private static boolean graph(BudgetScope scope) {
        return scope == BudgetScope.GRAPH_RUN;
    }

    private static String name(BudgetScope scope) {
        return switch (scope) {
            case OVERALL -> "'" + ScopeBudget.EACH + "'";
            case PROJECT -> "project_id";
            case AGENT -> "agent_id";
            case PROVIDER -> "provider";
            case GRAPH_RUN -> "graph_run_id";
        };
    }

    @Override
    public boolean delete(BudgetScope scope, String key, BudgetPeriod period) {
        boolean there =
                handle.createUpdate("delete from budget where scope = :scope and name = :name and period = :period")
                                .bind("scope", scope.wire())
                                .bind("name", key)
                                .bind("period", period.wire())
                                .execute()
                        > 0;
        // A sum that is not kept up would be wrong later.
        handle.createUpdate("""
                        delete from budget_spent where scope = :scope and period = :period and not exists (
                          select 1 from budget where budget.scope = budget_spent.scope
                            and budget.period = budget_spent.period and budget.name in (budget_spent.name, '*'))
                        """)
                .bind("scope", scope.wire())
                .bind("period", period.wire())
                .execute();
        return there;
    }

    @Override
    public void deleteOf(ProjectId projectId) {
        for (String table : List.of("budget", "budget_spent")) {
            handle.createUpdate("delete from " + table + """
                             where scope = 'project' and name = :project
                              or scope = 'graph-run' and name in (select id from graph_run where project_id = :project)
                            """)
                    .bind("project", projectId.value())
                    .execute();
        }
    }

    @Override
    public void spend(List<ScopeSpent> spent) {
        if (spent.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                insert into budget_spent (name, scope, period, day, wall_millis, tokens, cost_micros, tool_calls)
                values (:name, :scope, :period, :day, :wall, :tokens, :cost, :tools)
                on conflict (name, scope, period) do update set
                  wall_millis = excluded.wall_millis
                    + case when budget_spent.day = excluded.day then budget_spent.wall_millis else 0 end,
                  tokens = excluded.tokens
                    + case when budget_spent.day = excluded.day then budget_spent.tokens else 0 end,
                  cost_micros = excluded.cost_micros
                    + case when budget_spent.day = excluded.day then budget_spent.cost_micros else 0 end,
                  tool_calls = excluded.tool_calls
                    + case when budget_spent.day = excluded.day then budget_spent.tool_calls else 0 end,
                  day = excluded.day
                """);
        for (ScopeSpent more : spent) {
            batch.bind("name", more.key())
                    .bind("scope", more.scope().wire())
                    .bind("period", more.period().wire())
                    .bind("day", more.day())
                    .bind("wall", more.spent().wallMillis())
                    .bind("tokens", more.spent().tokens())
                    .bind("cost", more.spent().costMicros())
                    .bind("tools", more.spent().toolCalls())
                    .add();
        }
        int[] unused = batch.execute();
    }
}
