pub mod re3d;
