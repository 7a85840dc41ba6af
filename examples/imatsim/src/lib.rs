//! The interfaces of a material simulation: what it asks of a material, whoever makes it.

pub use num_complex::Complex64;
use plugin_core::interface;

/// An object with specific physical properties.
#[interface(dropin, foreign(num_complex::Complex64))]
pub trait IMaterial {
    /// The pressure (Pa) that this material supports without fracturing at `temperature` (K).
    fn yield_stress(&self, temperature: f64) -> f64;

    /// The relative permittivity: its real part gives the reflection at the surface, its imaginary
    /// part the absorption of radio waves.
    #[attribute]
    fn dielectric_constant(&self) -> Complex64;
}
