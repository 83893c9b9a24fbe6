package dev.pilot.core.run;

import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.limit.ScopeBudgets;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;

/**
 * What carrying out graph runs needs, one of each per hub.
 *
 * @param hub what it stands on
 * @param journal writes events
 * @param creation makes runs
 * @param transitions moves runs
 * @param approvals writes approvals
 * @param budgets sets what runs may use together
 * @param attempts keeps the record of attempts
 * @param wake has what is left to be done be done soon; may be called within a unit of work
 */
record GraphParts(
        HubContext hub,
        Journal journal,
        RunCreation creation,
        RunTransitions transitions,
        ApprovalDesk approvals,
        ScopeBudgets budgets,
        Attempts attempts,
        Runnable wake) {}
