//! Definitions, stratum by stratum: predicates on both bounds, and where each value of a derived attribute is possible.
#![expect(
    clippy::excessive_nesting,
    reason = "loops over cases, rows and words lie within each other"
)]

use crate::knowledge::{
    AttributeId, Branch, Derivation, DerivationBody, PredicateId, Stratum, TableRow, Term,
};
use crate::value::{Members, all_members};

use super::super::circuit::{Expr, Gate, Leaf, NodeId, Wire};
use super::term::values;
use super::{Bound, Lower};

/// A bound of a recursive predicate.
#[derive(Debug, Clone)]
pub(in super::super) struct Atom {
    /// The node that stands for it.
    pub(in super::super) node: NodeId,
    /// What it comes to, given all atoms of its group.
    pub(in super::super) body: Wire,
}

/// Atoms worked out together, by rounds.
#[derive(Debug, Clone, Default)]
pub(in super::super) struct Group {
    pub(in super::super) atoms: Vec<usize>,
    /// Nodes to work out anew each round, in order.
    pub(in super::super) round: Vec<NodeId>,
    /// Nodes that those use and that do not change.
    pub(in super::super) inputs: Vec<NodeId>,
}

impl Lower<'_> {
    /// All definitions.
    pub(in super::super) fn definitions(&mut self) {
        let knowledge = self.knowledge;
        for stratum in &knowledge.strata {
            match stratum {
                Stratum::Predicates { members, recursive: false } => {
                    for &member in members {
                        let both = Bound::BOTH.map(|bound| self.definition(member, bound));
                        self.set_predicate(member, both);
                    }
                }
                Stratum::Predicates { members, recursive: true } => self.recursive(members),
                Stratum::Attribute(attribute) => {
                    if let Some(derivation) = knowledge.derivations.get(attribute) {
                        self.derivation(*attribute, derivation);
                    }
                }
            }
        }
    }

    fn set_predicate(&mut self, predicate: PredicateId, both: [Expr; 2]) {
        if let Some(place) = self.predicates.get_mut(predicate.0) {
            *place = both;
        }
    }

    /// What the definitions of a predicate come to.
    fn definition(&mut self, predicate: PredicateId, bound: Bound) -> Expr {
        let knowledge = self.knowledge;
        let definitions =
            knowledge.predicates.get(predicate.0).map_or(&[][..], |found| &found.definitions);
        let mut parts = Vec::new();
        for definition in definitions {
            self.enter(&definition.variables);
            parts.push(self.condition(&definition.when, bound));
        }
        self.circuit.any(parts)
    }

    fn recursive(&mut self, members: &[PredicateId]) {
        let knowledge = self.knowledge;
        let first = self.atoms.len();
        for (at, &member) in members.iter().enumerate() {
            let frame = knowledge.predicates.get(member.0).map(|found| found.parameters.clone());
            let frame = frame.unwrap_or_default();
            let places: Vec<usize> = (0..frame.len()).collect();
            let both = [0, 1].map(|bound| {
                let gate = Gate::Atom(first + bound * members.len() + at);
                self.circuit.source(gate, frame.clone(), places.clone())
            });
            self.set_predicate(member, both);
        }
        for bound in Bound::BOTH {
            let mut group = Group::default();
            for &member in members {
                let body = self.definition(member, bound);
                let both = self.predicates.get(member.0).cloned();
                let Some([certain, possible]) = both else { continue };
                let atom = if bound.certain() { certain } else { possible };
                group.atoms.push(self.atoms.len());
                self.atoms.push(Atom { node: atom.node, body: body.wire(&atom.variables) });
            }
            self.order(&mut group);
            self.groups.push(group);
        }
    }

    /// Which nodes depend on the atoms of a group.
    fn order(&self, group: &mut Group) {
        let nodes = &self.circuit.nodes;
        let mut needed = vec![false; nodes.len()];
        let mut depends = vec![false; nodes.len()];
        for atom in group.atoms.iter().filter_map(|&atom| self.atoms.get(atom)) {
            for (flags, at) in [(&mut needed, atom.body.node), (&mut depends, atom.node)] {
                if let Some(flag) = flags.get_mut(at) {
                    *flag = true;
                }
            }
        }
        for (id, node) in nodes.iter().enumerate().rev() {
            if needed.get(id) == Some(&true) {
                for wire in node.wires() {
                    if let Some(flag) = needed.get_mut(wire.node) {
                        *flag = true;
                    }
                }
            }
        }
        for (id, node) in nodes.iter().enumerate() {
            if needed.get(id) != Some(&true) || matches!(node.gate, Gate::Atom(_)) {
                continue;
            }
            if node.wires().any(|wire| depends.get(wire.node) == Some(&true)) {
                if let Some(flag) = depends.get_mut(id) {
                    *flag = true;
                }
                group.round.push(id);
            }
        }
        group.inputs = group
            .round
            .iter()
            .filter_map(|&id| nodes.get(id))
            .flat_map(|node| node.wires().map(|wire| wire.node))
            .chain(group.atoms.iter().filter_map(|&atom| Some(self.atoms.get(atom)?.body.node)))
            .filter(|&id| depends.get(id) == Some(&false))
            .collect();
        group.inputs.sort_unstable();
        group.inputs.dedup();
    }

    fn derivation(&mut self, attribute: AttributeId, derivation: &Derivation) {
        self.enter(&derivation.variables);
        let declared = self.knowledge.vocabulary.attribute(attribute);
        let count = self.all_of(declared.kind).count_ones() as usize;
        let derived = match &derivation.body {
            DerivationBody::Branches(branches) => self.branches(branches, count),
            DerivationBody::Table { inputs, rows } => self.table(inputs, rows, count),
            DerivationBody::Extreme(extreme) => {
                let free = self.sure(&Term::Extreme(Box::new(extreme.clone()))).not();
                (0..count)
                    .map(|value| {
                        let can = self.extreme_can(extreme, value);
                        self.circuit.any(vec![can, free.clone()])
                    })
                    .collect()
            }
        };
        let one = self.is_one(declared.entity);
        let (frame, places) = if one { (vec![], vec![]) } else { (vec![declared.entity], vec![0]) };
        let stated = self.leaf(Leaf::Stated(attribute), frame.clone(), places.clone());
        let values = derived.into_iter().enumerate().map(|(value, derived)| {
            let can = Leaf::Can(attribute, 1 << value);
            let can = self.leaf(can, frame.clone(), places.clone());
            let said = self.circuit.all(vec![stated.clone(), can]);
            let found = self.circuit.all(vec![stated.clone().not(), derived]);
            self.circuit.any(vec![said, found])
        });
        let values = values.collect();
        self.derived.insert(attribute, values);
    }

    /// Where each value is possible: by some branch that may be reached.
    fn branches(&mut self, branches: &[Branch], count: usize) -> Vec<Expr> {
        let mut reached = Expr::constant(true);
        let mut ways: Vec<Vec<Expr>> = vec![Vec::new(); count];
        for branch in branches {
            let possible = self.condition(&branch.when, Bound::Possible);
            let taken = self.circuit.all(vec![reached.clone(), possible]);
            for value in values(branch.result) {
                if let Some(way) = ways.get_mut(value) {
                    way.push(taken.clone());
                }
            }
            let certain = self.condition(&branch.when, Bound::Certain);
            reached = self.circuit.all(vec![reached, certain.not()]);
        }
        for way in &mut ways {
            way.push(reached.clone());
        }
        ways.into_iter().map(|way| self.circuit.any(way)).collect()
    }

    /// Where each value is possible: by some combination of possible inputs that a row is the first to match.
    fn table(&mut self, inputs: &[Term], rows: &[TableRow], count: usize) -> Vec<Expr> {
        let everything: Vec<Members> =
            inputs.iter().map(|input| self.all_of(self.kind(input))).collect();
        let mut left = vec![everything];
        let mut ways: Vec<Vec<Expr>> = vec![Vec::new(); count];
        for row in rows {
            let matched: Vec<Vec<Members>> =
                left.iter().filter_map(|region| meet(region, &row.cells)).collect();
            left = left.iter().flat_map(|region| minus(region, &row.cells)).collect();
            self.regions(inputs, &matched, row.result, &mut ways);
        }
        self.regions(inputs, &left, all_members(count), &mut ways);
        ways.into_iter().map(|way| self.circuit.any(way)).collect()
    }

    fn regions(
        &mut self,
        inputs: &[Term],
        regions: &[Vec<Members>],
        result: Members,
        ways: &mut [Vec<Expr>],
    ) {
        for region in regions {
            let mut parts = Vec::new();
            for (input, members) in inputs.iter().zip(region) {
                parts.push(self.can(input, *members));
            }
            let taken = self.circuit.all(parts);
            for value in values(result) {
                if let Some(way) = ways.get_mut(value) {
                    way.push(taken.clone());
                }
            }
        }
    }
}

/// The combinations that are in both.
fn meet(region: &[Members], cells: &[Members]) -> Option<Vec<Members>> {
    let met: Vec<Members> = region.iter().zip(cells).map(|(a, b)| a & b).collect();
    met.iter().all(|members| *members != 0).then_some(met)
}

/// The combinations of a region that a row does not match, in parts that exclude each other.
fn minus(region: &[Members], cells: &[Members]) -> Vec<Vec<Members>> {
    if meet(region, cells).is_none() {
        return vec![region.to_vec()];
    }
    let mut parts = Vec::new();
    let mut rest = region.to_vec();
    for (at, cell) in cells.iter().enumerate().take(region.len()) {
        let Some(place) = rest.get_mut(at) else { continue };
        let (inside, outside) = (*place & cell, *place & !cell);
        if outside != 0 {
            *place = outside;
            parts.push(rest.clone());
        }
        if let Some(place) = rest.get_mut(at) {
            *place = inside;
        }
    }
    parts
}
