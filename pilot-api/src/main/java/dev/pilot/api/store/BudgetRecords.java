package dev.pilot.api.store;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.run.BudgetPeriod;
import dev.pilot.api.run.BudgetScope;
import dev.pilot.api.run.ScopeBudget;
import java.util.List;

/** Reads and writes the budgets of scopes. */
public interface BudgetRecords extends BudgetReader {
    /**
     * Inserts a budget, or replaces the one with its scope, key and period. What was used before, as far as it is not counted yet, is
     * added up out of the totals.
     *
     * @param budget the budget
     * @param day today, as days since 1970
     */
    void set(ScopeBudget budget, long day);

    /**
     * Deletes a budget, and the sums that no other one needs.
     *
     * @param scope what it is for
     * @param key its key
     * @param period over what time it counts
     * @return whether there was one
     */
    boolean delete(BudgetScope scope, String key, BudgetPeriod period);

    /**
     * Adds to sums; one of an earlier day begins anew.
     *
     * @param spent what is added
     */
    void spend(List<ScopeSpent> spent);

    /**
     * Deletes a project's budgets and those of its graph runs, which must still be there.
     *
     * @param projectId the project
     */
    void deleteOf(ProjectId projectId);
}
