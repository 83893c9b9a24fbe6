package dev.pilot.core.limit;

import dev.pilot.api.access.Caller;
import dev.pilot.api.run.Budgets;
import dev.pilot.api.run.Quotas;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;

/** The limits of one hub: sets them, shows them, and keeps the book of what counts against them. */
public final class LimitArea {
    private final HubContext hub;
    private final Journal journal;
    private final UsageBook usage;
    private final ScopeBudgets scopeBudgets;

    /**
     * Makes it.
     *
     * @param hub what it stands on
     * @param journal writes events
     */
    public LimitArea(HubContext hub, Journal journal) {
        this.hub = hub;
        this.journal = journal;
        this.usage = new UsageBook(journal);
        this.scopeBudgets = new ScopeBudgets(journal, usage);
    }

    /**
     * The use-cases of quotas.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Quotas quotas(Caller caller) {
        return new QuotaUseCases(hub, journal, caller);
    }

    /**
     * The use-cases of budgets that runs share.
     *
     * @param caller who asks
     * @return the use-cases
     */
    public Budgets budgets(Caller caller) {
        return new BudgetUseCases(hub, scopeBudgets, caller);
    }

    /**
     * Books what runs use.
     *
     * @return the same object every time
     */
    public UsageBook usage() {
        return usage;
    }

    /**
     * Sets budgets within a unit of work.
     *
     * @return the same object every time
     */
    public ScopeBudgets scopeBudgets() {
        return scopeBudgets;
    }
}
