package dev.pilot.core.graph;

import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.limit.ScopeBudgets;
import dev.pilot.core.run.RunDesk;
import dev.pilot.core.system.HubContext;
import dev.pilot.core.system.Journal;

/**
 * What carrying out graph runs needs, one of each per hub.
 *
 * @param hub what it stands on
 * @param journal writes events
 * @param runs makes, retries and cancels runs
 * @param approvals writes approvals
 * @param budgets sets what runs may use together
 * @param wake has what is left to be done be done soon; may be called within a unit of work
 */
record GraphParts(
        HubContext hub, Journal journal, RunDesk runs, ApprovalDesk approvals, ScopeBudgets budgets, Runnable wake) {}
