//! Two-valued circuits: what the two bounds of every condition come to, each distinct part once.
//! A node stands for a set of rows of its frame; it knows nothing of cases and of how planes are laid out.
#![expect(
    clippy::excessive_nesting,
    reason = "loops over cases, rows and words lie within each other"
)]

use std::collections::{BTreeMap, BTreeSet};

use smallvec::SmallVec;

use crate::knowledge::{AttributeId, EntityId, RelationId};
use crate::value::Members;

/// A node by its position; children come before parents, except through [`Gate::Atom`].
pub(super) type NodeId = usize;

/// A number or date of a row, or the completed years since or until it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Source {
    pub(super) attribute: AttributeId,
    /// Years since (or else until) the date.
    pub(super) years: Option<bool>,
    /// The row, where the frame does not give it.
    pub(super) fixed: Option<usize>,
}

/// What is read off the facts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Leaf {
    /// A choice may be one of these (as stated, for a derived attribute).
    Can(AttributeId, Members),
    /// The case states the attribute.
    Stated(AttributeId),
    /// More than one value is possible (a choice that is not derived, or a set).
    Undecided(AttributeId),
    /// A set may include one of these.
    May(AttributeId, Members),
    /// A set certainly includes one of these.
    Must(AttributeId, Members),
    /// A set may (or else must) include the member that the last variable of the frame stands for.
    Includes { attribute: AttributeId, may: bool },
    /// A relation may be one of these.
    Tie(RelationId, Members),
    /// More than one value of a relation is possible.
    TieUndecided(RelationId),
    /// The row of a domain is one of these members.
    Member(EntityId, Members),
    /// The row is listed.
    Listed(EntityId),
    /// The row is listed, or the unlisted one and there is one.
    There(EntityId),
    /// The row is the unlisted one and there is one.
    Unlisted(EntityId),
    /// Two rows differ; `open` counts the unlisted row as different from itself.
    Apart { entity: EntityId, open: bool },
    /// The first row sorts before the second.
    Before(EntityId),
    /// A bound of a number is at least this.
    Reach { source: Source, high: bool, least: i64 },
    /// The left is at least the right plus this, for all of their values (`certain`) or for some.
    AtLeast { left: Source, right: Source, by: i64, certain: bool },
    /// The bounds of a number differ.
    Uncertain(Source),
}

/// What nodes read off the facts value by value.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    pub(super) attributes: Vec<AttributeId>,
    pub(super) relations: Vec<RelationId>,
}

impl Asked {
    /// What these nodes read.
    pub(super) fn by(nodes: &[Node]) -> Asked {
        let (mut attributes, mut relations) = (BTreeSet::new(), BTreeSet::new());
        for node in nodes {
            match &node.gate {
                Gate::Leaf(
                    Leaf::Can(attribute, _)
                    | Leaf::Undecided(attribute)
                    | Leaf::May(attribute, _)
                    | Leaf::Must(attribute, _)
                    | Leaf::Includes { attribute, .. },
                ) => _ = attributes.insert(*attribute),
                Gate::Leaf(Leaf::Tie(relation, _) | Leaf::TieUndecided(relation)) => {
                    relations.insert(*relation);
                }
                _ => {}
            }
        }
        Asked {
            attributes: attributes.into_iter().collect(),
            relations: relations.into_iter().collect(),
        }
    }
}

/// How a node comes about from others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gate {
    /// Always.
    True,
    /// Read off the facts.
    Leaf(Leaf),
    /// All hold.
    And(Vec<Wire>),
    /// For a row of an entity, which is one more variable after the frame, all hold.
    Exists(EntityId, Vec<Wire>),
    /// So for at least so many rows.
    AtLeast(EntityId, u32, Vec<Wire>),
    /// The first for more rows than the second.
    Most(EntityId, Vec<Wire>, Vec<Wire>),
    /// A bound of a recursive predicate, worked out in rounds.
    Atom(usize),
}

/// A use of a node by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Wire {
    pub(super) node: NodeId,
    /// Whether it must not hold.
    pub(super) negated: bool,
    /// For each variable of the node, which one of the user's it is.
    pub(super) map: SmallVec<[u8; 8]>,
}

impl Wire {
    /// That it does not hold.
    pub(super) fn flipped(mut self) -> Wire {
        self.negated = !self.negated;
        self
    }
}

/// A node: a gate, and the entities of its free variables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Node {
    pub(super) gate: Gate,
    pub(super) frame: Vec<EntityId>,
}

impl Node {
    /// The inputs of the gate; one of two kinds for [`Gate::Most`].
    pub(super) fn inputs(&self) -> [&[Wire]; 2] {
        match &self.gate {
            Gate::And(wires) | Gate::Exists(_, wires) | Gate::AtLeast(_, _, wires) => [wires, &[]],
            Gate::Most(_, more, less) => [more, less],
            Gate::True | Gate::Leaf(_) | Gate::Atom(_) => [&[], &[]],
        }
    }

    /// All uses of other nodes.
    pub(super) fn wires(&self) -> impl Iterator<Item = &Wire> {
        self.inputs().into_iter().flatten()
    }
}

/// A node as a condition uses it: applied to variables of the rule or definition at hand.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Expr {
    pub(super) node: NodeId,
    pub(super) negated: bool,
    pub(super) variables: Vec<usize>,
}

impl Expr {
    /// What always holds, or never.
    pub(super) fn constant(value: bool) -> Expr {
        Expr { node: 0, negated: !value, variables: Vec::new() }
    }

    /// That it does not hold.
    pub(super) fn not(mut self) -> Expr {
        self.negated = !self.negated;
        self
    }

    /// The same of other variables.
    pub(super) fn rename(mut self, to: impl Fn(usize) -> usize) -> Expr {
        for variable in &mut self.variables {
            *variable = to(*variable);
        }
        self
    }

    fn is(&self, value: bool) -> bool {
        self.node == 0 && self.negated != value
    }

    /// The use of it in a frame of these variables.
    pub(super) fn wire(&self, frame: &[usize]) -> Wire {
        let place = |variable: &usize| frame.iter().position(|other| other == variable);
        let map = self.variables.iter().filter_map(place).filter_map(|at| u8::try_from(at).ok());
        Wire { node: self.node, negated: self.negated, map: map.collect() }
    }
}

/// All nodes, each distinct one once.
#[derive(Debug, Clone)]
pub(super) struct Circuit {
    pub(super) nodes: Vec<Node>,
    index: BTreeMap<Node, NodeId>,
}

impl Circuit {
    pub(super) fn new() -> Circuit {
        let mut circuit = Circuit { nodes: Vec::new(), index: BTreeMap::new() };
        circuit.intern(Node { gate: Gate::True, frame: Vec::new() });
        circuit
    }

    fn intern(&mut self, node: Node) -> NodeId {
        if let Some(&known) = self.index.get(&node) {
            return known;
        }
        let id = self.nodes.len();
        self.nodes.push(node.clone());
        self.index.insert(node, id);
        id
    }

    /// A node without children.
    pub(super) fn source(
        &mut self,
        gate: Gate,
        frame: Vec<EntityId>,
        variables: Vec<usize>,
    ) -> Expr {
        let node = self.intern(Node { gate, frame });
        Expr { node, negated: false, variables }
    }

    /// All hold.
    pub(super) fn all(&mut self, mut parts: Vec<Expr>) -> Expr {
        if !tidy(&mut parts) {
            return Expr::constant(false);
        }
        match parts.len() {
            0 => Expr::constant(true),
            1 => parts.remove(0),
            _ => self.gate(&parts, None, |wires, _| Gate::And(wires)),
        }
    }

    /// At least one holds.
    pub(super) fn any(&mut self, parts: Vec<Expr>) -> Expr {
        self.all(parts.into_iter().map(Expr::not).collect()).not()
    }

    /// There is a row for which all hold. Where the rows are those of the case, one of the parts says which.
    pub(super) fn exists(&mut self, variable: usize, entity: EntityId, parts: Vec<Expr>) -> Expr {
        let Some((inner, mut outer)) = split(variable, parts) else {
            return Expr::constant(false);
        };
        if !inner.is_empty() {
            outer.push(self.gate(&inner, Some(variable), |wires, _| Gate::Exists(entity, wires)));
        }
        self.all(outer)
    }

    /// There are at least so many rows of `rows` (none for those of the case) for which all hold.
    pub(super) fn at_least(
        &mut self,
        variable: usize,
        (entity, rows): (EntityId, Option<usize>),
        count: u32,
        parts: Vec<Expr>,
    ) -> Expr {
        let Some((inner, mut outer)) = split(variable, parts) else {
            return Expr::constant(false);
        };
        if inner.is_empty() {
            outer.push(Expr::constant(rows.is_none_or(|rows| rows >= count as usize)));
        } else {
            outer.push(
                self.gate(&inner, Some(variable), |wires, _| Gate::AtLeast(entity, count, wires)),
            );
        }
        self.all(outer)
    }

    /// The first hold together for more rows than the second.
    pub(super) fn most(
        &mut self,
        variable: usize,
        entity: EntityId,
        mut more: Vec<Expr>,
        mut less: Vec<Expr>,
    ) -> Expr {
        if !tidy(&mut more) {
            return Expr::constant(false);
        }
        if !tidy(&mut less) {
            less = vec![Expr::constant(false)];
        }
        let first = more.len();
        more.extend(less);
        self.gate(&more, Some(variable), |mut wires, _| {
            let less = wires.split_off(first);
            Gate::Most(entity, wires, less)
        })
    }

    /// A gate over parts; a variable that it binds comes last among theirs and is not in its own frame.
    fn gate(
        &mut self,
        parts: &[Expr],
        bound: Option<usize>,
        make: impl FnOnce(Vec<Wire>, &[usize]) -> Gate,
    ) -> Expr {
        let mut variables: Vec<usize> = Vec::new();
        let mut frame = Vec::new();
        for part in parts {
            let entities = self.nodes.get(part.node).map_or(&[][..], |node| &node.frame);
            for (&variable, &entity) in part.variables.iter().zip(entities) {
                if Some(variable) != bound && !variables.contains(&variable) {
                    variables.push(variable);
                    frame.push(entity);
                }
            }
        }
        let mut places = variables.clone();
        places.extend(bound);
        let wires = parts.iter().map(|part| part.wire(&places)).collect();
        let node = self.intern(Node { gate: make(wires, &places), frame });
        Expr { node, negated: false, variables }
    }
}

/// Sorts parts of a conjunction, drops what always holds; false where it cannot hold.
fn tidy(parts: &mut Vec<Expr>) -> bool {
    parts.retain(|part| !part.is(true));
    parts.sort_by(|a, b| (a.node, &a.variables, a.negated).cmp(&(b.node, &b.variables, b.negated)));
    parts.dedup();
    let clash = parts
        .windows(2)
        .any(|pair| matches!(pair, [a, b] if a.node == b.node && a.variables == b.variables));
    !clash && !parts.iter().any(|part| part.is(false))
}

/// Parts of a conjunction that speak of a variable, and the others; none where it cannot hold.
fn split(variable: usize, mut parts: Vec<Expr>) -> Option<(Vec<Expr>, Vec<Expr>)> {
    tidy(&mut parts).then(|| parts.into_iter().partition(|part| part.variables.contains(&variable)))
}
