package dev.pilot.core.approval;

import dev.pilot.api.run.Approval;
import dev.pilot.api.store.StoreUnit;

/** What a decision about something other than a run does. It is done in the unit of the decision: once, or not at all. */
public interface DecisionEffect {
    /**
     * Does it.
     *
     * @param unit the unit of work
     * @param decided the approval, with who decided and, where it was edited, the other payload
     * @param yes whether it was approved; nobody having decided in time is no
     */
    void take(StoreUnit unit, Approval decided, boolean yes);
}
