package dev.pilot.client.run;

import dev.pilot.api.run.Budget;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.BudgetUse;
import dev.pilot.api.run.Budgets;
import dev.pilot.api.run.ScopeBudget;
import dev.pilot.client.call.Connection;
import dev.pilot.client.call.Request;
import dev.pilot.wire.route.BudgetRoutes;
import dev.pilot.wire.run.SetBudget;
import java.util.List;

/** {@link Budgets} of a hub elsewhere. */
public final class RemoteBudgets implements Budgets {
    private final Connection connection;

    /**
     * Makes it.
     *
     * @param connection to the hub
     */
    public RemoteBudgets(Connection connection) {
        this.connection = connection;
    }

    @Override
    public ScopeBudget set(BudgetScope scope, String key, BudgetPeriod period, Budget limits) {
        return connection.call(Request.to(BudgetRoutes.SET, new SetBudget(scope, key, period, limits)));
    }

    @Override
    public void remove(BudgetScope scope, String key, BudgetPeriod period) {
        connection.run(Request.to(BudgetRoutes.REMOVE)
                .query("scope", scope.wire())
                .query("key", key)
                .query("period", period.wire()));
    }

    @Override
    public List<BudgetUse> list() {
        return connection.call(Request.to(BudgetRoutes.LIST)).items();
    }
}
